import CryptoJS from 'crypto-js';
import * as fc from 'fast-check';
import { sign, verify } from '../../../nodes/GatePay/signing.ts';

const secret = 'gp_test_secret_0123456789abcdef';
const timestamp = '1782864000000';
const nonce = 'a1B2c3D4e5F6g7H8';

/** The same rule by another implementation. */
function oracle(key: string, time: string, once: string, body: string): string {
	return CryptoJS.HmacSHA512(`${time}\n${once}\n${body}\n`, key).toString(CryptoJS.enc.Hex);
}

describe("Gate Pay's signature", () => {
	it('reproduces the documented vector', () => {
		expect(sign('123', { timestamp: '1700073707111', nonce: '456', body: '{the_answer: 42}' })).toBe(
			'1b03f547af065490c6e106bd93afc861329c52b596512d49489ca0c4ea57adee2991a576e402422a6bb092b83acf0a5618f5b0a7d4c639ae7779fbb3a1b16346',
		);
	});

	it.each([
		[
			'OTC deposit, newest contract',
			'{"quoteToken":"qt_01JXYZABCDEF","bankId":"ba_123456789","currency":"USDT","amount":"1088.42","fiatCurrency":"USD","fiatAmount":"1000"}',
			'42b41082469b46ae2b94ac0b440fa57cdd98636853a344c7e74a09fccac5b268851a088cd29b74a094fc4b0d094d3f235035169f2f871ed2eab87a5ce1a00af5',
		],
		[
			'OTC deposit, older contract',
			'{"quoteToken":"qt_01JXYZABCDEF","bankAccountId":"ba_123456789","cryptoCurrency":"USDT","fiatCurrency":"USD","cryptoAmount":"1088.42","fiatAmount":"1000","type":"BUY","clientOrderId":"merchant-otc-deposit-20260415-001"}',
			'9413e3aaa8a312ec9cdc5bddfc5b7769cfd74cce3a282c8ea51de3f842adc8836fe4d4abceb4057eebcb8b2d4e959dffb362889c9d1228141a8bcb8fb4e57736',
		],
		[
			'GET, DELETE or multipart',
			'',
			'4a93cfbf944433396d32640a99607e72fb6c68a2d04976bf158d68a998fa0fd4ea3044fceb14e934ed747f676ca533e01dcf52381d162e475de75cd3f00fd9b1',
		],
		[
			'non-ASCII body',
			'{"merchantTradeNo":"A-1","goods":{"goodsName":"Sipariş Ödemesi – 177"}}',
			'0421780847f9d14fe3ca752955fa477ab05cb5d5f9767d2d23bea05f9de0966709ef9a6af10891183ee2433e84a803c32a94b86e2625996f6ef1497b390dea38',
		],
		[
			'JSON array body',
			'["USDT","BTC"]',
			'17c936a544dcbdae2fd3d0a1b33c3e9b9277b261f07190ba9aef58782f4845a680e711e0bb98504fdf56c5e75b3b641c6e3cff70f5697d4669fdaee21c971d3b',
		],
		[
			'notification',
			'{"bizType":"OTC","bizId":"79550727153516602","bizStatus":"WITHDRAW_SUCCESS","clientId":"cid","data":"{\\"type\\":\\"SELL\\",\\"orderId\\":\\"79550727153516602\\"}"}',
			'ff26883824f30754add857dc0065082dd56a9298f25cb03e086cbb4a44bbbc8df65ff2abb33bf80d85164307c05d9f10863fcd0bf05eb3843915819f651800ea',
		],
	])('reproduces the vector of a %s', (_case, body, signature) => {
		expect(sign(secret, { timestamp, nonce, body })).toBe(signature);
		expect(sign(secret, { timestamp, nonce, body: Buffer.from(body, 'utf8') })).toBe(signature);
		expect(oracle(secret, timestamp, nonce, body)).toBe(signature);
	});

	it.each([
		'{}',
		'[]',
		' {"a": 1 } ',
		'{"a":"\\u00e9","b":"é"}',
		'{"text":"😀 العربية 漢字"}',
		'{"n":123456789012345678901234567890}',
		'line\nbreaks\r\n',
		'a&b=c?d#e%20',
		'\u0000',
		'x'.repeat(100_000),
	])('agrees with another implementation about %p', (body) => {
		expect(sign(secret, { timestamp, nonce, body })).toBe(oracle(secret, timestamp, nonce, body));
	});

	it('agrees with another implementation about anything', () => {
		const text = fc.string({ unit: 'binary' });
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), text, (key, body) => {
				expect(sign(key, { timestamp, nonce, body })).toBe(oracle(key, timestamp, nonce, body));
			}),
		);
	});

	it('verifies what it signed, in either case, and nothing else', () => {
		const parts = { timestamp, nonce, body: '{"a":"1.50"}' };
		const signature = sign(secret, parts);
		expect(verify(secret, parts, ` ${signature.toUpperCase()}\n`)).toBe(true);
		for (const wrong of [
			'',
			'0',
			signature.slice(1),
			`${signature}0`,
			signature.replace(/^./, 'g'),
			signature.split('').reverse().join(''),
		]) {
			expect(verify(secret, parts, wrong)).toBe(false);
		}
		expect(verify(`${secret}x`, parts, signature)).toBe(false);
		expect(verify(secret, { ...parts, body: '{"a":"1.5"}' }, signature)).toBe(false);
		expect(verify(secret, { ...parts, nonce: `${nonce}\n` }, signature)).toBe(false);
	});
});
