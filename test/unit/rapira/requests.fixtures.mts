import type { Fixture } from '../requestFixtures.mts';

const API = 'https://api.rapira.net';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
const locator = (value: string) => ({ __rl: true, mode: 'id', value });
const payout = { token: locator('USDT:TRX:USDTTRC20'), address: 'TXExample', amount: '100.5' };
const made = { nonce: 1767225600123 };

export const fixtures: Fixture[] = [
	{
		name: 'payout.create',
		fields: payout,
		added: made,
		request: `POST ${API}/open/withdraw/create`,
		headers: JSON_TYPE,
		body: '{"coin":"USDT","chain":"TRX","code":"USDTTRC20","address":"TXExample","amount":"100.5","nonce":1767225600123}',
	},
	{
		name: 'payout.create without a code, with every digit of the amount, a memo and a nonce of the user',
		fields: { token: 'XRP:XRP', address: 'rExample', amount: '000123456789012.10000000' },
		options: { memo: '1000 7', nonce: '1767225600999' },
		request: `POST ${API}/open/withdraw/create`,
		headers: JSON_TYPE,
		body: '{"coin":"XRP","chain":"XRP","address":"rExample","amount":"000123456789012.10000000","memo":"1000 7","nonce":"1767225600999"}',
	},
	{
		name: 'payout.create with conversion',
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
		request: `POST ${API}/open/withdraw/create`,
		headers: JSON_TYPE,
		body: '{"coin":"BTC","chain":"BTC","code":"BTC","address":"bc1qexample","amount":"0.01","conversionDetails":{"conversionEnabled":true,"convertFromCurrency":"USDT","enoughCoinPayment":true},"nonce":1767225600123}',
	},
	{
		name: 'payout.create with a number from an expression',
		fields: { ...payout, amount: 0.1 },
		added: made,
		request: `POST ${API}/open/withdraw/create`,
		headers: JSON_TYPE,
		body: '{"coin":"USDT","chain":"TRX","code":"USDTTRC20","address":"TXExample","amount":"0.1","nonce":1767225600123}',
	},
	{
		name: 'payout.get',
		fields: { withdrawRecordId: locator('1000001') },
		request: `GET ${API}/open/withdraw/crypto/history/1000001`,
	},
	{
		name: 'payout.getMany',
		added: { pageNo: 1, pageSize: 100 },
		request: `GET ${API}/open/withdraw/crypto/history?pageNo=1&pageSize=100`,
	},
	{
		name: 'address.create',
		fields: { currency: 'usdt-trc20' },
		request: `POST ${API}/open/deposit_address?currency=usdt-trc20`,
	},
	{
		name: 'address.createForOrder',
		fields: { nonce: 'shop.example_42', currency: 'usdt-trc20' },
		options: { amount: '25.10' },
		request: `POST ${API}/open/deposit_address`,
		headers: FORM_TYPE,
		body: 'nonce=shop.example_42&currency=usdt-trc20&amount=25.10',
	},
	{
		name: 'address.createForOrder with reserved characters and no amount',
		fields: { nonce: 'a+b&c=d/e?', currency: 'btc' },
		options: { amount: '' },
		request: `POST ${API}/open/deposit_address`,
		headers: FORM_TYPE,
		body: 'nonce=a%2Bb%26c%3Dd%2Fe%3F&currency=btc',
	},
	{
		name: 'address.stopUsing',
		fields: { address: 'TXExample', nonce: 'shop.example_42', status: 'delete' },
		request: `POST ${API}/open/deposit_address/use/stop`,
		headers: JSON_TYPE,
		body: '{"address":"TXExample","nonce":"shop.example_42","status":"delete"}',
	},
	{
		name: 'deposit.getMany',
		options: { address: 'TXExample', unit: 'usdt' },
		added: { pageNo: 0, pageSize: 100 },
		request: `POST ${API}/open/deposit/records`,
		headers: FORM_TYPE,
		body: 'address=TXExample&unit=usdt&pageNo=0&pageSize=100',
	},
	{
		name: 'otc.getAds',
		fields: { merchantSide: 'SELL', internalCoinUnit: locator('USDT'), externalCoinUnit: 'RUB' },
		added: { pageNo: 1, pageSize: 20 },
		request: `POST ${API}/open/otc/ad/page-query`,
		headers: JSON_TYPE,
		body: '{"merchantSide":"SELL","internalCoinUnit":"USDT","externalCoinUnit":"RUB","pageNo":1,"pageSize":20}',
	},
	{
		name: 'otc.getAds with an amount',
		fields: { merchantSide: 'BUY', internalCoinUnit: 'USDT', externalCoinUnit: 'RUB' },
		options: { amount: '10000.00', showOnlyRecommended: false },
		request: `POST ${API}/open/otc/ad/page-query`,
		headers: JSON_TYPE,
		body: '{"merchantSide":"BUY","internalCoinUnit":"USDT","externalCoinUnit":"RUB","amount":"10000.00","showOnlyRecommended":false}',
	},
	{
		name: 'otc.payOrder',
		fields: { orderSn: '963936310324625408' },
		request: `POST ${API}/open/otc/order/pay`,
		headers: JSON_TYPE,
		body: '{"orderSn":"963936310324625408"}',
	},
	{
		name: 'aml.checkAddress',
		fields: { address: 'TXExample' },
		options: { chain: 'TRX' },
		request: `POST ${API}/open/aml/check-address`,
		headers: FORM_TYPE,
		body: 'address=TXExample&chain=TRX',
	},
	{
		name: 'aml.checkTransaction',
		fields: { hash: '0xabc' },
		options: { address: 'TXExample', direction: 'WITHDRAWAL', coin: 'TRX' },
		request: `POST ${API}/open/aml/check-transaction`,
		headers: FORM_TYPE,
		body: 'hash=0xabc&address=TXExample&direction=WITHDRAWAL&token=TRX',
	},
	{ name: 'balance.getMany', request: `GET ${API}/open/wallet/balance` },
	{ name: 'balance.getFrozen', request: `GET ${API}/open/wallet/balance/frozen` },
	{ name: 'market.getTokens', request: `GET ${API}/open/token` },
	{ name: 'market.getPairs', request: `GET ${API}/open/market/pairs` },
	{ name: 'market.getSpotFees', request: `GET ${API}/open/my-spot-fee` },
	{ name: 'market.getRates', request: `GET ${API}/open/market/rates` },
	{
		name: 'market.getRatesXml',
		request: `GET ${API}/open/market/rates_xml`,
		headers: { Accept: 'application/xml' },
	},
	{
		name: 'market.getDepth',
		fields: { symbol: locator('USDT/RUB') },
		request: `POST ${API}/market/exchange-plate-mini?symbol=USDT%2FRUB`,
	},
	{ name: 'market.getServerTime', request: `GET ${API}/open/system/time` },
	{
		name: 'processing.getTokenSettings',
		request: `GET ${API}/open/crypto-processing/token-settings/available`,
	},
];
