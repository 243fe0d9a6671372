import type { RequestFixture } from '../requestFixtures.mts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
const locator = (value: string) => ({ __rl: true, mode: 'id', value });
const payout = { token: locator('USDT:TRX:USDTTRC20'), address: 'TXExample', amount: '100.5' };
const made = { nonce: 1767225600123 };

export const fixtures: RequestFixture[] = [
	{
		operation: 'payout.create',
		fields: payout,
		added: made,
		request: 'POST /open/withdraw/create',
		headers: JSON_TYPE,
		body: '{"coin":"USDT","chain":"TRX","code":"USDTTRC20","address":"TXExample","amount":"100.5","nonce":1767225600123}',
	},
	{
		operation: 'payout.create',
		about: 'without a code, with every digit of the amount, a memo and a nonce of the user',
		fields: { token: 'XRP:XRP', address: 'rExample', amount: '000123456789012.10000000' },
		options: { memo: '1000 7', nonce: '1767225600999' },
		request: 'POST /open/withdraw/create',
		headers: JSON_TYPE,
		body: '{"coin":"XRP","chain":"XRP","address":"rExample","amount":"000123456789012.10000000","memo":"1000 7","nonce":"1767225600999"}',
	},
	{
		operation: 'payout.create',
		about: 'with conversion',
		fields: { token: 'BTC:BTC:BTC', address: 'bc1qexample', amount: '0.01' },
		options: {
			conversionDetails: {
				conversion: {
					conversionEnabled: true,
					convertFromCurrency: locator('USDT'),
					enoughCoinPayment: true,
				},
			},
		},
		added: made,
		request: 'POST /open/withdraw/create',
		headers: JSON_TYPE,
		body: '{"coin":"BTC","chain":"BTC","code":"BTC","address":"bc1qexample","amount":"0.01","conversionDetails":{"conversionEnabled":true,"convertFromCurrency":"USDT","enoughCoinPayment":true},"nonce":1767225600123}',
	},
	{
		operation: 'payout.create',
		about: 'with a number from an expression',
		fields: { ...payout, amount: 0.1 },
		added: made,
		request: 'POST /open/withdraw/create',
		headers: JSON_TYPE,
		body: '{"coin":"USDT","chain":"TRX","code":"USDTTRC20","address":"TXExample","amount":"0.1","nonce":1767225600123}',
	},
	{
		operation: 'payout.get',
		fields: { withdrawRecordId: locator('1000001') },
		request: 'GET /open/withdraw/crypto/history/1000001',
	},
	{
		operation: 'payout.getMany',
		added: { pageNo: 1, pageSize: 100 },
		request: 'GET /open/withdraw/crypto/history?pageNo=1&pageSize=100',
	},
	{
		operation: 'address.create',
		fields: { currency: 'usdt-trc20' },
		request: 'POST /open/deposit_address?currency=usdt-trc20',
	},
	{
		operation: 'address.createForOrder',
		fields: { nonce: 'shop.example_42', currency: 'usdt-trc20' },
		options: { amount: '25.10' },
		request: 'POST /open/deposit_address',
		headers: FORM_TYPE,
		body: 'nonce=shop.example_42&currency=usdt-trc20&amount=25.10',
	},
	{
		operation: 'address.createForOrder',
		about: 'with reserved characters and no amount',
		fields: { nonce: 'a+b&c=d/e?', currency: 'btc' },
		options: { amount: '' },
		request: 'POST /open/deposit_address',
		headers: FORM_TYPE,
		body: 'nonce=a%2Bb%26c%3Dd%2Fe%3F&currency=btc',
	},
	{
		operation: 'address.stopUsing',
		fields: { address: 'TXExample', nonce: 'shop.example_42', status: 'delete' },
		request: 'POST /open/deposit_address/use/stop',
		headers: JSON_TYPE,
		body: '{"address":"TXExample","nonce":"shop.example_42","status":"delete"}',
	},
	{
		operation: 'deposit.getMany',
		options: { address: 'TXExample', unit: 'usdt' },
		added: { pageNo: 0, pageSize: 100 },
		request: 'POST /open/deposit/records',
		headers: FORM_TYPE,
		body: 'address=TXExample&unit=usdt&pageNo=0&pageSize=100',
	},
	{
		operation: 'otc.getAds',
		fields: { merchantSide: 'SELL', internalCoinUnit: locator('USDT'), externalCoinUnit: 'RUB' },
		added: { pageNo: 1, pageSize: 20 },
		request: 'POST /open/otc/ad/page-query',
		headers: JSON_TYPE,
		body: '{"merchantSide":"SELL","internalCoinUnit":"USDT","externalCoinUnit":"RUB","pageNo":1,"pageSize":20}',
	},
	{
		operation: 'otc.getAds',
		about: 'with an amount',
		fields: { merchantSide: 'BUY', internalCoinUnit: 'USDT', externalCoinUnit: 'RUB' },
		options: { amount: '10000.00', showOnlyRecommended: false },
		request: 'POST /open/otc/ad/page-query',
		headers: JSON_TYPE,
		body: '{"merchantSide":"BUY","internalCoinUnit":"USDT","externalCoinUnit":"RUB","amount":"10000.00","showOnlyRecommended":false}',
	},
	{
		operation: 'otc.payOrder',
		fields: { orderSn: '963936310324625408' },
		request: 'POST /open/otc/order/pay',
		headers: JSON_TYPE,
		body: '{"orderSn":"963936310324625408"}',
	},
	{
		operation: 'aml.checkAddress',
		fields: { address: 'TXExample' },
		options: { chain: 'TRX' },
		request: 'POST /open/aml/check-address',
		headers: FORM_TYPE,
		body: 'address=TXExample&chain=TRX',
	},
	{
		operation: 'aml.checkTransaction',
		fields: { hash: '0xabc' },
		options: { address: 'TXExample', direction: 'WITHDRAWAL', coin: 'TRX' },
		request: 'POST /open/aml/check-transaction',
		headers: FORM_TYPE,
		body: 'hash=0xabc&address=TXExample&direction=WITHDRAWAL&token=TRX',
	},
	{ operation: 'balance.getMany', request: 'GET /open/wallet/balance' },
	{ operation: 'balance.getFrozen', request: 'GET /open/wallet/balance/frozen' },
	{ operation: 'market.getTokens', request: 'GET /open/token' },
	{ operation: 'market.getPairs', request: 'GET /open/market/pairs' },
	{ operation: 'market.getSpotFees', request: 'GET /open/my-spot-fee' },
	{ operation: 'market.getRates', request: 'GET /open/market/rates' },
	{
		operation: 'market.getRatesXml',
		request: 'GET /open/market/rates_xml',
		headers: { Accept: 'application/xml' },
	},
	{
		operation: 'market.getDepth',
		fields: { symbol: locator('USDT/RUB') },
		request: 'POST /market/exchange-plate-mini?symbol=USDT%2FRUB',
	},
	{ operation: 'market.getServerTime', request: 'GET /open/system/time' },
	{
		operation: 'processing.getTokenSettings',
		request: 'GET /open/crypto-processing/token-settings/available',
	},
];
