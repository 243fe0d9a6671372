import * as fc from 'fast-check';
import { quoteEndsAt, refuseWorseRate } from '../../../../core/fields/quoteGuard.ts';
import type { Quoted } from '../../../../core/provider/does.ts';
import { gatePay } from '../../../../nodes/GatePay/provider.ts';

const all = gatePay.resources.flatMap(({ operations }) => operations);
const [operation] = all;
if (!operation) throw new Error('Gate Pay has no operation');

const buying: Quoted = {
	of: { name: 'fiat', label: 'Fiat Amount' },
	per: { name: 'crypto', label: 'Crypto Amount' },
	worst: 'highest',
};
const selling: Quoted = { ...buying, worst: 'lowest' };

const refusal = (quoted: Quoted, fiat: string, crypto: string, worstRate: unknown): string | undefined => {
	try {
		refuseWorseRate({ ...operation, does: { quoted } }, { fiat, crypto }, { worstRate });
		return undefined;
	} catch (cause) {
		return cause instanceof Error ? cause.message : String(cause);
	}
};

/** Decimal text from whole units, with as many decimals as wanted. */
const decimal = (units: bigint, decimals: number) => {
	const digits = units.toString().padStart(decimals + 1, '0');
	return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

describe('the worst rate of a quote', () => {
	it.each([
		[buying, '1000', '1000', '1'],
		[buying, '918.76', '1000', '0.91876'],
		[selling, '1000', '1000', '1'],
		[selling, '0.3', '0.1', '3'],
	])('may be reached (%#)', (quoted, fiat, crypto, worst) => {
		expect(refusal(quoted, fiat, crypto, worst)).toBeUndefined();
	});

	it.each([
		[buying, '1000.000000000000000001', '1000', '1'],
		[buying, '1000', '999.999999', '1'],
		[selling, '999.99', '1000', '1'],
		[selling, '0.29999999999999999999', '0.1', '3'],
	])('is never passed, not by the last digit (%#)', (quoted, fiat, crypto, worst) => {
		expect(refusal(quoted, fiat, crypto, worst)).toMatch(/is worse than the Worst Rate/);
	});

	it.each(['', ' ', '0', '0.0', '-1', '1e3', '1,5', 'cheap', null, undefined, NaN, true, {}, []])(
		'refuses the rate %p, because it bounds nothing',
		(worst) => {
			expect(refusal(buying, '1', '1', worst)).toMatch(/Worst Rate must be a decimal number above 0/);
		},
	);

	it('divides exactly: at the bound it passes, one smallest unit beyond it does not', () => {
		const units = fc.bigInt({ min: 1n, max: 10n ** 18n });
		fc.assert(
			fc.property(units, units, fc.integer({ min: 0, max: 12 }), (rate, crypto, decimals) => {
				const [worst, amount] = [decimal(rate, decimals), decimal(crypto, decimals)];
				const bound = rate * crypto;
				const at = decimal(bound, 2 * decimals);
				expect(refusal(buying, at, amount, worst)).toBeUndefined();
				expect(refusal(selling, at, amount, worst)).toBeUndefined();
				expect(refusal(buying, decimal(bound + 1n, 2 * decimals), amount, worst)).toBeDefined();
				if (bound > 1n)
					expect(refusal(selling, decimal(bound - 1n, 2 * decimals), amount, worst)).toBeDefined();
			}),
		);
	});
});

describe('the end of a quote', () => {
	const endsAt = (quoteEnds: unknown) =>
		quoteEndsAt({ ...operation, does: { quoted: buying } }, { quoteEnds }, 'UTC');

	it('is a time', () => {
		expect(endsAt('2026-11-20T09:00:00.000Z')).toBe(Date.parse('2026-11-20T09:00:00.000Z'));
		expect(quoteEndsAt({ ...operation, does: { quoted: buying } }, {}, 'UTC')).toBeUndefined();
	});

	it.each(['', '60', 60, '2026-02-30', 'in a minute', 1_795_000_000])('refuses %p', (given) => {
		expect(() => endsAt(given)).toThrow(/Quote Ends/);
	});
});

it('every operation that takes a quote has the guard', () => {
	const takers = all.filter(
		({ fields = [], effect }) =>
			effect === 'money' && fields.some(({ name }) => name === 'quoteToken' || name === 'quoteId'),
	);
	expect(takers.length).toBeGreaterThan(3);
	expect(takers.filter(({ does: { quoted } = {} }) => !quoted).map(({ value }) => value)).toEqual([]);
	for (const { does: { quoted } = {}, fields = [] } of takers)
		for (const member of [quoted?.of, quoted?.per])
			expect(fields.map(({ name, displayName }) => [name, displayName])).toContainEqual([
				member?.name,
				member?.label,
			]);
});
