import * as fc from 'fast-check';
import { formatDecimal } from '../../../../core/exact/decimal.ts';
import { amountsIn, limitsOf } from '../../../../core/limits/limits.ts';
import { canonicalRecipient, recipientsIn } from '../../../../core/limits/recipient.ts';

const shown = (text: string) => {
	const amounts = amountsIn(text);
	return amounts && Object.fromEntries([...amounts].map(([name, amount]) => [name, formatDecimal(amount)]));
};

describe('amounts by currency', () => {
	it.each([
		['USDT 1000, USD 5000', { USDT: '1000', USD: '5000' }],
		['usdt 0.10', { USDT: '0.1' }],
		['USDT: 1000; EUR=20', { USDT: '1000', EUR: '20' }],
		['USDT 1000\r\nUSD 5', { USDT: '1000', USD: '5' }],
		['USDT 0', { USDT: '0' }],
		['1INCH 5', { '1INCH': '5' }],
		['USDT 123456789012345678901234567890.123456789', { USDT: '123456789012345678901234567890.123456789' }],
	])('reads %j', (text, amounts) => expect(shown(text)).toEqual(amounts));

	it.each([
		['USDT 1,000'],
		['USDT 1e3'],
		['USDT 1 000'],
		['USDT -1'],
		['USDT +1'],
		['USDT 0x10'],
		['USDT .5'],
		['USDT 5.'],
		['USDT Infinity'],
		['USDT'],
		['1000'],
		['1000 20'],
		['1000 USDT'],
		['USDT 1, USDT 2'],
		['USDT 1, usdt 1'],
		['USDT 1,'],
		[','],
		[' '],
		['\u0421AD 5'],
		['USDT \u0661'],
		['=USDT 5'],
		['={{ $json.most }}'],
		['unlimited'],
		[`USDT 1${' '.repeat(20_000)}`],
	])('does not guess at %j', (text) => expect(amountsIn(text)).toBeUndefined());

	it('either reads the very amounts that were written, or nothing', () => {
		const amount = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String);
		const currency = fc.stringMatching(/^[A-Z]{2,6}$/);
		fc.assert(
			fc.property(fc.uniqueArray(currency, { minLength: 1, maxLength: 5 }), amount, (names, most) => {
				const text = names.map((name) => `${name} ${most}`).join(', ');
				expect(shown(text)).toEqual(Object.fromEntries(names.map((name) => [name, most])));
			}),
		);
	});
});

describe('the limits of a credential', () => {
	it('are none in a credential of an earlier version, but for agents', () => {
		expect(limitsOf({})).toMatchObject({ paymentsOff: false, agents: 'never', customRequests: 'all' });
		expect(limitsOf({}).unreadable).toBeUndefined();
	});

	it.each([
		[{ paymentsOff: 'false' }, 'Payments Off'],
		[{ paymentsOff: 0 }, 'Payments Off'],
		[{ mostPerPayment: 1000 }, 'Most per Payment'],
		[{ mostPerRun: 'USDT 1,000' }, 'Most per Run'],
		[{ allowedRecipients: ' , ' }, 'Allowed Recipients'],
		[{ allowedRecipients: '={{ $json.address }}' }, 'Allowed Recipients'],
		[{ allowedRecipients: {} }, 'Allowed Recipients'],
		[{ approvalFrom: 'always' }, 'Approval From'],
		[{ aiAgents: 'yes' }, 'AI Agents'],
		[{ customRequests: true }, 'Custom Requests'],
	])('name what cannot be read, and allow no custom request then: %j', (given, name) => {
		const limits = limitsOf(given as never);
		expect(limits.unreadable).toBe(name);
		expect(limits.customRequests).toBe('reads');
	});

	it.each([
		[{ paymentsOff: true }, 'reads'],
		[{ mostPerPayment: 'USDT 1' }, 'reads'],
		[{ mostPerRun: 'USDT 1' }, 'reads'],
		[{ allowedRecipients: 'T1' }, 'reads'],
		[{ approvalFrom: 'USDT 1' }, 'reads'],
		[{ aiAgents: 'within' }, 'all'],
		[{ mostPerPayment: 'USDT 1', customRequests: 'all' }, 'all'],
		[{ customRequests: 'reads' }, 'reads'],
	])('let custom requests only read as soon as one is set: %j', (given, custom) =>
		expect(limitsOf(given).customRequests).toBe(custom),
	);
});

describe('recipients', () => {
	it.each([
		['0xAbC0000000000000000000000000000000000123', '0xabc0000000000000000000000000000000000123'],
		['BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
		['4444 4444-4444 4444', '4444444444444444'],
		['+7 (999) 123-45-67', '79991234567'],
		['gb82 west 1234 5698 7654 32', 'GB82WEST12345698765432'],
		[' TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G ', 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G'],
	])('%j and %j are one', (one, other) => expect(canonicalRecipient(one)).toBe(canonicalRecipient(other)));

	it.each([
		['TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', 'tnxoiaj3dct8fjg4m9fklfh9s2v9txc32g'],
		['TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32g'],
		['100001', '100002'],
		['ba_1', 'BA_1'],
		['ba 1', 'ba1'],
		// A TRON and a Litecoin address that begin like an IBAN.
		['TR12kaLWBKVVPaQNVWkHaRjGoqDGJoCfWo', 'TR12KALWBKVVPAQNVWKHARJGOQDGJOCFWO'],
		['LT12kaLWBKVVPaQNVWkHaRjGoqDGJoCfWo', 'LT12KALWBKVVPAQNVWKHARJGOQDGJOCFWO'],
		['gb83 west 1234 5698 7654 32', 'GB83WEST12345698765432'],
		['bc1Qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
	])('%j and %j are two', (one, other) =>
		expect(canonicalRecipient(one)).not.toBe(canonicalRecipient(other)),
	);

	it('another memo is another recipient', () => {
		const list = recipientsIn('rPV#104328, TNX');
		expect(list?.has(canonicalRecipient('rPV', '104328'))).toBe(true);
		for (const memo of [undefined, '104329', '0104328']) {
			expect(list?.has(canonicalRecipient('rPV', memo))).toBe(false);
		}
		expect(list?.has(canonicalRecipient('TNX', '1'))).toBe(false);
		// An address with a memo glued to it has no memo.
		expect(list?.has(canonicalRecipient('rPV#104328'))).toBe(false);
	});
});
