import { createHash } from 'node:crypto';
import { bech32, bech32m, createBase58check, base58, base58xrp } from '@scure/base';
import { Address } from '@ton/core';
import * as fc from 'fast-check';
import { isValidIBAN } from 'ibantools';
import { getAddress } from 'viem';
import { wrongAccount, wrongAddress } from '../../../../core/recipients/recipient.ts';
import { cases, patience, seed } from '../../../fuzzing.mts';

const base58check = createBase58check((content: Uint8Array) => createHash('sha256').update(content).digest());
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const versioned = (...versions: number[]) =>
	fc
		.tuple(fc.constantFrom(...versions), bytes(20))
		.map(([version, hash]) => base58check.encode(Uint8Array.from([version, ...hash])));

function segwit(prefix: string): fc.Arbitrary<string> {
	const first = fc.constantFrom(20, 32).chain(bytes);
	const later = fc.tuple(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 2, max: 40 }).chain(bytes));
	return fc
		.oneof(
			first.map((program) => bech32.encode(prefix, [0, ...bech32.toWords(program)])),
			later.map(([version, program]) => bech32m.encode(prefix, [version, ...bech32m.toWords(program)])),
		)
		.chain((text) => fc.constantFrom(text, text.toUpperCase()));
}

const hex = bytes(20).map((content) => `0x${Buffer.from(content).toString('hex')}` as const);
const mixed = hex.map((text) => getAddress(text));
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest();
const ripple = (content: Uint8Array) =>
	base58xrp.encode(Buffer.concat([content, sha256(sha256(content)).subarray(0, 4)]));
const classic = bytes(20).map((account) => ripple(Uint8Array.from([0, ...account])));
/** Prefix, account, whether there is a tag, and the tag. */
const xAddress = fc.tuple(bytes(20), fc.option(bytes(4))).map(([account, tag]) => {
	const end = tag ? [1, ...tag, 0, 0, 0, 0] : [0, 0, 0, 0, 0, 0, 0, 0, 0];
	return ripple(Uint8Array.from([0x05, 0x44, ...account, ...end]));
});
const ton = fc
	.tuple(fc.constantFrom(0, -1), bytes(32), fc.boolean(), fc.boolean())
	.map(([workchain, hash, bounceable, urlSafe]) =>
		new Address(workchain, Buffer.from(hash)).toString({ bounceable, urlSafe }),
	);

/** Valid addresses that other libraries make, and the most of a hundred thousand damaged ones that may pass. */
const chains: Array<[chain: string, valid: fc.Arbitrary<string>, mayPass: number]> = [
	['TRX', versioned(0x41), 0],
	['ETH', mixed, 100],
	['BTC', fc.oneof(versioned(0x00, 0x05), segwit('bc')), 5],
	['LTC', fc.oneof(versioned(0x30, 0x32, 0x05), segwit('ltc')), 5],
	['DOGE', versioned(0x1e, 0x16), 0],
	['XRP', fc.oneof(classic, xAddress), 0],
	// An address of Solana has no checksum: one character more or less is noticed only if the length changes.
	['SOL', bytes(32).map((content) => base58.encode(content)), 100_000],
	['TON', ton, 100],
];

/** One character is another one, missing, twice, or two neighbours change places: what a person does. */
const damages = fc.record({
	at: fc.nat(),
	kind: fc.constantFrom('replaced', 'missing', 'twice', 'swapped'),
	letter: fc.constantFrom(...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'),
});

function damaged(text: string, { at, kind, letter }: { at: number; kind: string; letter: string }): string {
	const place = at % text.length;
	const here = text.charAt(place);
	const after = text.slice(place + 1);
	const before = text.slice(0, place);
	if (kind === 'replaced') return `${before}${letter}${after}`;
	if (kind === 'missing') return `${before}${after}`;
	if (kind === 'twice') return `${before}${here}${here}${after}`;
	return `${before}${after.charAt(0)}${here}${after.slice(1)}`;
}

const count = cases(500);

describe(`recipients (seed ${seed}, ${count} cases)`, () => {
	it.each(chains)(
		'no address of %s is refused',
		(chain, valid) => {
			fc.assert(
				// A comparison, because an expectation for each of a hundred thousand takes minutes.
				fc.property(valid, (address) => wrongAddress(address, chain) === undefined),
				{ seed, numRuns: count },
			);
		},
		patience(count),
	);

	it.each(chains)(
		'few damaged addresses of %s pass',
		(chain, valid, mayPass) => {
			const tried = fc
				.sample(fc.tuple(valid, damages), { seed, numRuns: count })
				.map(([address, damage]) => ({ address, text: damaged(address, damage) }))
				.filter(({ address, text }) => text !== address && !isSame(chain, text, address));
			const passed = tried.filter(({ text }) => wrongAddress(text, chain) === undefined);
			if (process.env.CASES) console.info(`${chain}: ${passed.length} of ${tried.length} damaged ones pass`);
			expect(tried.length).toBeGreaterThan(count / 2);
			expect(passed.length).toBeLessThanOrEqual(Math.ceil((mayPass * count) / 100_000));
		},
		patience(count),
	);

	it('no IBAN is refused, and few damaged ones pass', () => {
		const known = ['DE89370400440532013000', 'GB29NWBK60161331926819', 'FR1420041010050500013M02606'];
		const passed = fc
			.sample(fc.tuple(fc.constantFrom(...known), damages), { seed, numRuns: count })
			.map(([iban, damage]) => damaged(iban, damage).toUpperCase())
			.filter((text) => !known.includes(text) && /^(?:DE|GB|FR)\d{2}[A-Z0-9]{11}/.test(text))
			.filter((text) => wrongAccount(text, 'account') === undefined);
		for (const iban of known)
			expect([isValidIBAN(iban), wrongAccount(iban, 'account')]).toEqual([true, undefined]);
		expect(passed.length).toBeLessThan(Math.max(10, count / 50));
	});
});

/** Whether two texts are the same address in other letters. */
function isSame(chain: string, one: string, other: string): boolean {
	return (
		chain === 'ETH' &&
		one.slice(2) === one.slice(2).toLowerCase() &&
		one.toLowerCase() === other.toLowerCase()
	);
}

describe('a recipient', () => {
	it.each([
		['an address of another network', '0x52908400098527886E0F7030069857D2E4169EE7', 'TRC20'],
		['one for the test network of Bitcoin', 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'BTC'],
		['one in both cases', 'bc1qAR0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'BTC'],
		['a letter of another alphabet', 'ТNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', 'TRX'],
		['a sign that is a K in another case', 'BC1QAR0SRRR7XF\u212aVY5L643LYDNW9RE59GTZZWF5MDQ', 'BTC'],
		['nothing at all', '', 'TON'],
	])('%s is refused', (_name, address, chain) => {
		expect(wrongAddress(address, chain)).toMatch(/^is (?:no|an) address of/);
	});

	it.each(['NEAR', 'constructor', '', 'BNB'])('is not checked on the chain %s', (chain) => {
		expect(wrongAddress('anything', chain)).toBeUndefined();
	});

	it.each([
		['tron', 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G'],
		['TRC-20', 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G'],
		['BEP20', '0x52908400098527886e0f7030069857d2e4169ee7'],
		['ERC20', '0x52908400098527886E0F7030069857D2E4169EE7'],
		['SOLANA', '11111111111111111111111111111111'],
		['TON', '0:83dfd552e63729b472fcbcc8c45ebcc6691702558b68ec7527e1ba403a0f31a8'],
	])('is known by the name %s of its chain', (chain, address) => {
		expect(wrongAddress(address, chain)).toBeUndefined();
		expect(wrongAddress(address.slice(0, -1), chain)).toBeDefined();
	});

	it.each([
		['card', '4111 1111 1111 1111', true],
		['card', '2200-0000-0000-0004', true],
		['card', '4111 1111 1111 1112', false],
		['card', '8600 1234 5678 9012', true],
		['phone', '+7(996)777-99-77', true],
		['phone', '89967779977', true],
		['phone', '+996 700 123 456', true],
		['phone', '+7(996)777-99-7', false],
		['phone', 'Ivan', false],
		['account', '40817810099910004312', true],
		['account', 'DE89 3704 0044 0532 0130 00', true],
		['account', 'DE89 3704 0044 0532 0130 01', false],
	] as const)('as a %s: %s', (kind, text, isRight) => {
		expect(wrongAccount(text, kind) === undefined).toBe(isRight);
	});
});
