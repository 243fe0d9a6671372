import type { Handler } from './call.mts';
import { createAddressByCurrency, getDeposits, stopUseAddress } from './deposits.mts';
import {
	getAvailableTokenSettings,
	getBalances,
	getFrozenBalances,
	getMarketDepth,
	getPairs,
	getRatesJson,
	getRatesXml,
	getServerTime,
	getSpotFees,
	getTokens,
} from './market.mts';
import { checkAmlAddress, checkAmlTransaction, fetchOtcAds, payOtcOrder } from './otc.mts';
import { createCryptoWithdrawal, getCryptoWithdrawalHistory, getCryptoWithdrawalRecord } from './payouts.mts';

const generateJwt: Handler = ({ body }, { gatekeeper }) =>
	gatekeeper.signIn(body.text('kid'), body.text('jwt_token'));

/** Every operation whose path is known. */
export const operations: Record<string, Handler> = {
	generateJwt,
	createAddressByCurrency,
	stopUseAddress,
	getDeposits,
	getSpotFees,
	getPairs,
	getTokens,
	getRatesJson,
	getRatesXml,
	getMarketDepth,
	getBalances,
	getFrozenBalances,
	getServerTime,
	createCryptoWithdrawal,
	getCryptoWithdrawalHistory,
	getCryptoWithdrawalRecord,
	checkAmlAddress,
	checkAmlTransaction,
	fetchOtcAds,
	payOtcOrder,
	getAvailableTokenSettings,
};

/** Operations for everybody. A token of such a call is not checked. */
export const PUBLIC = new Set([
	'generateJwt',
	'getRatesJson',
	'getRatesXml',
	'getMarketDepth',
	'getServerTime',
]);
