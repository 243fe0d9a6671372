import { approvalHashOf, refuseChanged } from '../../../../core/items/approval.ts';
import { coveredBy, coveredText, coveredTextOf, coveredWord } from '../../../../core/limits/covered.ts';
import { parseDecimal } from '../../../../core/exact/decimal.ts';
import type { Moved } from '../../../../core/limits/moved.ts';

function moved(sums: string[], recipients: Moved['recipients'] = sums.map(() => 'T1')): Moved {
	const payments = sums.map((text) => {
		const [amount = '', currency = ''] = text.split(' ');
		return { amount: parseDecimal(amount) ?? { units: 0n, scale: 0 }, currency };
	});
	return { payments, recipients };
}

const unsaid: Moved = { payments: 'nobody knows', recipients: 'nobody' };

describe('what an approval stands for', () => {
	it.each<[Moved[], string, string]>([
		[[moved(['120.5 USDT'])], '1 recipient, 120.5 USDT', '1-recipient-120.5-USDT'],
		[
			[moved(['0.1 USDT', '0.2 USDT']), moved(['5 EUR'])],
			'3 recipients, 0.3 USDT, 5 EUR',
			'3-recipients-0.3-USDT-5-EUR',
		],
		[[moved(['100 USDT'], [])], '1 payment, 100 USDT', '1-payment-100-USDT'],
		[[moved(['1.50 USDT'], 'no recipient')], '1 payment, 1.5 USDT', '1-payment-1.5-USDT'],
		[[unsaid, unsaid], '2 requests', '2-requests'],
		[[moved(['1 USDT']), unsaid], '2 requests', '2-requests'],
		[[{ ...unsaid, recipients: ['A', 'B'] }], '2 recipients', '2-recipients'],
	])('%#: %s', (requests, text, word) => {
		const covered = coveredBy(requests);
		expect([coveredText(covered), coveredWord(covered)]).toEqual([text, word]);
		expect(coveredTextOf(word)).toBe(text);
	});

	it.each(['USD-T', 'USD T', 'USDТ', '<b>', "';--", 'a'.repeat(99), '%0a', '\n'])(
		'stays one plain word with the currency %j',
		(currency) => {
			const amount = { units: 1n, scale: 0 };
			const word = coveredWord(coveredBy([{ payments: [{ amount, currency }], recipients: ['T'] }]));
			expect(word).toMatch(/^1-recipient-1-[A-Za-z0-9._]{1,20}$/);
			expect(coveredTextOf(word)).toBeDefined();
		},
	);

	it.each([
		'',
		'5',
		'recipients',
		'5-people-1-USDT',
		'5-recipients-1',
		'5-recipients-USDT',
		'5-recipients-1-USDT-',
		'5-recipients-1e9-USDT',
		'-5-recipients',
		'5-recipients-1-<b>',
		'5-recipients-1-USDT\n6-recipients',
		'9'.repeat(99),
	])('quotes nothing that is no such word: %j', (text) => expect(coveredTextOf(text)).toBeUndefined());
});

describe('an approval', () => {
	const fingerprint = 'a'.repeat(64);
	const covered = coveredBy([moved(['1 USDT'])]);
	const what = () => ({ covered, fingerprint });

	it('counts only as a whole', () => {
		const approvalHash = approvalHashOf(covered, fingerprint);
		expect(() => refuseChanged({ approvalHash }, what)).not.toThrow();
		for (const other of [
			fingerprint,
			approvalHash.toUpperCase(),
			approvalHash.replace('1', '2'),
			approvalHash.replace('USDT', 'USDC'),
			`${approvalHash}\n`,
			[approvalHash],
			{ approvalHash },
			true,
		]) {
			expect(() => refuseChanged({ approvalHash: other }, what)).toThrow('differs from the one');
		}
	});
});
