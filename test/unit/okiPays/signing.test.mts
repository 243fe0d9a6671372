import SHA256 from 'crypto-js/sha256.js';
import * as fc from 'fast-check';
import { Refusal } from '../../../core/refusal.ts';
import { authenticity, joined, safeBody, sign, verify } from '../../../nodes/OkiPays/signing.ts';

const secret = 'okipays-demo-secret';

const v2 =
	'{"request_id":"1610097140116","order_id":123,"payment_currency_iso":"USD","price":15,"include_commission":1,"description":"description","currencies":[{"iso":"USDT","network":1},{"iso":"BTC","network":0}],"time_expired":1676525820}';
const v2Hash = 'e701474e64d8ada1df4ad08d09e6abe77617ec488a34cc5bb7c8d20a296f5f4d';

const notification =
	'{"id":"4JWOUAGY","order_id":3053,"currency":"BTC","payment_currency":"USD","status":"Partially","status_id":1,"include_commission":1,"amount":"0.00003243","amount_send":"0.00003243","price":"34","price_send":"34","rate":"1048229","total_sum_price":"12","commission":0,"address":"XXXXXXX","network_type":"Main","time_create":1610716246,"time_update":1610716300,"time_done":1637931315,"time_expired":1637931315,"time_send":1637931315,"time_receive":1637931315}';
const notificationHash = '148ba19e71ff6dc1d75df9400601ea28f40148ed0383d6d8c09c7304b010588c';

/** The same rule by other code: JavaScript's own numbers, another flattening and another sha256. */
function oracle(body: string, key: string): string {
	const leaves: string[] = [];
	const walk = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return void leaves.push(`${value}`);
		const entries: [string, unknown][] = Object.entries(value);
		if (!Array.isArray(value)) entries.sort(([a], [b]) => (a < b ? -1 : 1));
		for (const [, member] of entries) walk(member);
	};
	walk(JSON.parse(body));
	return SHA256(leaves.join('') + key).toString();
}

describe("OkiPays' signature", () => {
	it.each([
		[
			'V1',
			'secret',
			'{"request_id":123,"a":{"d":"param_D","a":"param_A"},"c":"param_C","b":"param_B"}',
			'param_Aparam_Dparam_Bparam_C123',
			'0551d21b800598c1fe947847d1a0f0b9e42b80571e3ec6ba497ecd977eb7c537',
		],
		['V2', secret, v2, 'USDT1BTC0description1123USD1516100971401161676525820', v2Hash],
		[
			'V2b, request_id as a number',
			secret,
			v2.replace('"1610097140116"', '1610097140116'),
			'USDT1BTC0description1123USD1516100971401161676525820',
			v2Hash,
		],
		[
			'V2b, network before iso',
			secret,
			v2.replace('{"iso":"USDT","network":1}', '{"network":1,"iso":"USDT"}'),
			'USDT1BTC0description1123USD1516100971401161676525820',
			v2Hash,
		],
		[
			'V3',
			secret,
			'{"request_id":"1610097140117","order_id":123}',
			'1231610097140117',
			'537b9687f0056ce3bb6cc2ee2b548b4f72a50fb052ab6be941e71805f96826b4',
		],
		[
			'V4',
			secret,
			'{"request_id":"1610097140118","order_id":124,"payment_currency_iso":"EUR","price":15.5,"include_commission":0}',
			'0124EUR15.51610097140118',
			'a129777d52c330fdd782703bb7a80e925fe34c5dc79677a9aa95b3bf41ac6ce1',
		],
		[
			'V4 with a zero behind',
			secret,
			'{"request_id":"1610097140118","order_id":124,"payment_currency_iso":"EUR","price":15.50,"include_commission":0}',
			'0124EUR15.51610097140118',
			'a129777d52c330fdd782703bb7a80e925fe34c5dc79677a9aa95b3bf41ac6ce1',
		],
		[
			'V4s',
			secret,
			'{"request_id":"1610097140118","order_id":124,"payment_currency_iso":"EUR","price":"15.50","include_commission":0}',
			'0124EUR15.501610097140118',
			'21648d0a20bd4e97f09b93aa36a12a5d4d10f408d2b8bf5a1d939e67266cb7ba',
		],
		[
			'V5',
			secret,
			'{"request_id":"1610097140119","order_id":125,"payment_currency_iso":"UAH","price":100,"include_commission":1,"description":"Замовлення №125 – café €"}',
			'Замовлення №125 – café €1125UAH1001610097140119',
			'dd89849650631ed98a2339977ca2002a9baf3168a4a5e12dc82fa5c74dc76b9c',
		],
		[
			'V6',
			secret,
			notification,
			'XXXXXXX0.000032430.000032430BTC4JWOUAGY1Main3053USD34341048229Partially116107162461637931315163793131516379313151637931315161071630012',
			notificationHash,
		],
	])('reproduces %s', (_id, key, text, values, signature) => {
		const body = safeBody(text);
		expect(joined(body)).toBe(values);
		expect(sign(key, body)).toBe(signature);
		expect(oracle(text, key)).toBe(signature);
		expect(verify(key, text, signature)).toBe(true);
	});

	it.each([
		'{"a":"b"}',
		'{"b":"1","a":"2","C":"3","_":"4"}',
		'{"price_send":"2","price":"1"}',
		'{"a":{"z":{"y":"1","x":"2"},"b":"3"},"Z":"0"}',
		'{"a":["3","1","2"]}',
		'{"a":[1,2,3,4,5,6,7,8,9,10,11,12,13]}',
		'{"a":[[1,[2]],[[3]]]}',
		'{"a":[{"iso":"USDT","network":1},{"network":2,"iso":"TRX"}]}',
		'{"n":0}',
		'{"n":-5}',
		'{"n":15.0}',
		'{"n":15.50}',
		'{"n":0.0001}',
		'{"n":0.00012345678901234}',
		'{"n":99999999999999}',
		'{"n":9999999999999.9}',
		'{"n":1610097140116}',
		'{"n":0.1}',
		'{"n":123456.78}',
		'{"n":"0.00001"}',
		'{"n":"1234567890123456789012345678901234567890"}',
		'{"n":"15.50"}',
		'{"s":" both ends "}',
		'{"s":"line\\nbreak\\ttab"}',
		'{"s":"quote \\" and \\\\ and \\/"}',
		'{"s":"\\u00e9 é e\\u0301"}',
		'{"s":"😀 العربية 漢字"}',
		'{"s":"\\ud83d\\ude00"}',
		'{"s":"a&b=c?d#e%20+<b>"}',
		'{"s":"null","t":"true","u":"0"}',
		'{"s":"\\u0000"}',
		'{ "b" : "1" ,\n "a" : "2" }',
		`{"s":"${'x'.repeat(50_000)}"}`,
		'{"__proto__":"1","constructor":"2"}',
	])('agrees with another implementation about %s', (body) => {
		expect(sign(secret, safeBody(body))).toBe(oracle(body, secret));
	});

	it('agrees with another implementation about any object', () => {
		const key = fc.string({ minLength: 1 }).filter((name) => !/^-?\d+$|^__proto__$/.test(name));
		const leaf = fc.oneof(
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.integer(),
			fc.integer({ min: 1, max: 9_999_999 }).map((cents) => cents / 100),
		);
		const member = fc.oneof(leaf, fc.array(leaf, { minLength: 1 }), fc.dictionary(key, leaf, { minKeys: 1 }));
		fc.assert(
			fc.property(fc.dictionary(key, member, { minKeys: 1 }), fc.string(), (body, other) => {
				const text = JSON.stringify(body);
				expect(sign(other, safeBody(text))).toBe(oracle(text, other));
			}),
		);
	});
});

describe('a value that the server would sign otherwise is refused', () => {
	it.each<[string, RegExp]>([
		['{"a":true}', /a is true or false/],
		['{"a":{"b":false}}', /a\.b is true or false/],
		['{"a":null}', /a is null/],
		['{"a":""}', /a is an empty text/],
		['{"a":[]}', /a is an empty list/],
		['{"a":{}}', /a is an empty object/],
		['{"list":[{"iso":"BTC"},{"iso":""}]}', /list\[2\]\.iso is an empty text/],
		['{"a":1e3}', /The number 1e3 has an exponent/],
		['{"a":1.5E-2}', /exponent/],
		['{"a":0.30000000000000004}', /more than 14 digits/],
		['{"a":1234567890.12345678}', /more than 14 digits/],
		['{"a":123456789012345}', /more than 14 digits/],
		['{"a":1000000000000000}', /more than 14 digits/],
		['{"a":0.00001}', /below 0\.0001/],
		['{"a":-0.00001}', /below 0\.0001/],
		['{"a":0.00000000000000000000000000000000000000000000000001}', /too long/],
		['{"a":-0}', /minus zero/],
		['{"a":-0.0}', /minus zero/],
		['{"1":"a"}', /1 has a number for a name/],
		['{"a":{"-7":"a"}}', /a\.-7 has a number for a name/],
		['{"a":"\\ud83d"}', /half a character/],
		['[1]', /not a JSON object/],
		['"text"', /not a JSON object/],
		['1', /not a JSON object/],
		['', /not a JSON object/],
		['{"a":1', /not a JSON object/],
		['a=1', /not a JSON object/],
	])('%s', (body, message) => {
		expect(() => safeBody(body)).toThrow(Refusal);
		expect(() => safeBody(body)).toThrow(message);
	});

	it.each(['{}', '{"a":0}', '{"a":0.0}', '{"a":"0"}', '{"a":"1e3"}', '{"a":" "}', '{"a.5":"b"}'])(
		'and %s is not',
		(body) => {
			expect(() => safeBody(body)).not.toThrow();
		},
	);
});

describe('a notification', () => {
	const account = { token: 'merchant-token', secret };
	const of = (headers: Record<string, unknown>, body = notification) => authenticity(account, headers, body);

	it('is authentic by its signature, under either name and in either case (V6)', () => {
		expect(of({ sign: notificationHash })).toBe('authentic');
		expect(of({ 'x-auth-sign': ` ${notificationHash.toUpperCase()} ` })).toBe('authentic');
		expect(of({ sign: notificationHash, token: 'merchant-token' })).toBe('authentic');
	});

	it('is unsigned without one: the token does not cover the body', () => {
		expect(of({})).toBe('unsigned');
		expect(of({ token: 'merchant-token' })).toBe('unsigned');
	});

	it.each<[string, Record<string, unknown>]>([
		['a wrong signature', { sign: notificationHash.replace(/^1/, '2') }],
		['an empty signature', { sign: '' }],
		['a list of signatures', { sign: [notificationHash] }],
		['a wrong token beside a right signature', { sign: notificationHash, token: 'other' }],
		['a wrong token alone', { 'x-auth-token': 'merchant-toke' }],
		['one right and one wrong signature', { sign: notificationHash, 'x-auth-sign': 'x' }],
	])('with %s is forged', (_case, headers) => expect(of(headers)).toBe('forged'));

	it('with another body, or none, is forged', () => {
		for (const body of [notification.replace('"34"', '"35"'), '{}', '[]', '', 'sign', `"${notification}"`]) {
			expect(of({ sign: notificationHash }, body)).toBe('forged');
		}
	});

	it('is verified with booleans as PHP casts them, and as words', () => {
		const body = '{"a":true,"b":{"c":false},"d":"x"}';
		const asPhp = SHA256(`1x${secret}`).toString();
		const asWords = SHA256(`truefalsex${secret}`).toString();
		expect(verify(secret, body, asPhp)).toBe(true);
		expect(verify(secret, body, asWords)).toBe(true);
		expect(verify(secret, '{"a":false,"b":{"c":true},"d":"x"}', asWords)).toBe(false);
		expect(verify(secret, '{"a":false,"b":true,"c":null,"d":"x"}', asPhp)).toBe(true);
		expect(verify(secret, '{"a":false,"d":"x"}', asPhp)).toBe(false);
	});

	it('is verified with words inside lists', () => {
		expect(verify(secret, '{"a":[true,{"b":false}]}', SHA256(`truefalse${secret}`).toString())).toBe(true);
	});

	it('is forged where the body is nested too deeply to be read', () => {
		const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
		expect(verify(secret, deep, SHA256(secret).toString())).toBe(false);
	});

	it('is verified by the shortest text of its numbers, and by their own text', () => {
		const body = '{"commission":1.0e-5,"order_id":7615917337495251231}';
		const shortestText = SHA256(`0.000017615917337495251000${secret}`).toString();
		const ownText = SHA256(`1.0e-57615917337495251231${secret}`).toString();
		expect(verify(secret, body, shortestText)).toBe(true);
		expect(verify(secret, body, ownText)).toBe(true);
		expect(verify(secret, body, SHA256(`other${secret}`).toString())).toBe(false);
	});
});
