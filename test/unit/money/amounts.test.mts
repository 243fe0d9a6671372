import * as fc from 'fast-check';
import { outcomeItem, readItems } from '../../../core/items/output.ts';
import { findOperation } from '../../../core/provider/operation.ts';
import { rowsOf } from '../../../core/wire/pages.ts';
import { Refusal } from '../../../core/refusal.ts';
import { significantDigits } from '../../../core/exact/decimal.ts';
import { cases, patience, seed } from '../../fuzzing.mts';
import { requestOf } from '../requestFixtures.mts';
import { amountFields, documented, type AmountField, type AmountRule } from './amountFields.mts';
import { echoes, type Echo } from './echoes.mts';

const COUNT = cases(50_000);

/** Decimal text that the rule accepts, as a person or a table writes it, also with leading and trailing zeros. */
function amountFor({ decimals, significant = 30, minimum, maximum }: AmountRule): fc.Arbitrary<string> {
	const whole = fc.bigInt({ min: 0n, max: 10n ** BigInt(Math.min(20, significant)) - 1n });
	const fraction = fc
		.tuple(fc.nat(Math.min(decimals, 18)), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }))
		.map(([length, digits]) => String(digits).padStart(18, '0').slice(0, length));
	return fc.tuple(fc.constantFrom('', '', '', '0', '00'), whole, fraction).map(([zeros, units, rest]) => {
		const text = `${zeros}${units}${rest === '' ? '' : `.${rest}`}`;
		const isTaken =
			significantDigits(text) <= significant &&
			Number(text) > 0 &&
			Number(text) >= Number(minimum ?? 0) &&
			Number(text) <= Number(maximum ?? Infinity);
		return isTaken ? text : '12';
	});
}

/** The digits of the field in the sent request. */
async function sentFor(field: AmountField, amount: unknown): Promise<string | undefined> {
	const { provider, account, operation, path } = field;
	const { url, headers, body } = await requestOf(provider, account, field.fixture(amount));
	const last = path.split('.').at(-1) ?? '';
	const name = operation.wire?.sentAs?.[last] ?? last;
	const text = body?.toString('utf8') ?? '';
	if (body === undefined) return new URL(url).searchParams.get(name) ?? undefined;
	const type = headers['Content-Type'] ?? '';
	if (type.startsWith('multipart')) return text.split(`name="${name}"\r\n\r\n`)[1]?.split('\r\n')[0];
	if (type.includes('urlencoded')) return new URLSearchParams(text).get(name) ?? undefined;
	const [, quoted, digits] = new RegExp(`"${name}":(?:"([^"]*)"|([^",}\\]]*))`).exec(text) ?? [];
	if ((field.rule.as === 'number') !== (digits !== undefined)) throw new Error(`${name} has the wrong type`);
	return quoted ?? digits;
}

/** The amount in the item that the node makes from an answer. */
function shownBy(field: AmountField, echo: Echo, amount: string): unknown {
	const { provider } = field;
	const operation = findOperation(provider.resources, echo.operation);
	if (!operation) throw new Error(`There is no operation ${echo.operation}`);
	const verdict = provider.verdict({ status: 200, headers: {}, text: echo.answer(amount) }, operation);
	if (verdict.state !== 'accepted') throw new Error(`${echo.operation}: ${verdict.reason}`);
	const { data } = verdict;
	const [item] =
		operation.effect === 'read'
			? readItems(
					provider,
					operation,
					'list' in operation.returns ? (rowsOf(data, operation)[0] ?? null) : data,
					'simplified',
					0,
				)
			: [
					outcomeItem(
						provider,
						operation,
						{ state: 'applied', data },
						{ reference: 'r', values: {}, form: 'simplified' },
						0,
					),
				];
	return echo.member.split('.').reduce<unknown>((place, key) => Object(place)[key], item?.json);
}

// JSON numbers have no leading zeros.
const asJsonNumber = (text: string) => text.replace(/^0+(?=\d)/, '');

it('has a request for every amount field that there is', () => {
	const known = new Set(
		amountFields.map(({ provider, operation, path }) => {
			const resource = provider.resources.find(({ operations }) => operations.includes(operation));
			return `${provider.name} ${resource?.value}.${operation.value} ${path}`;
		}),
	);
	expect(documented.filter((name) => !known.has(name))).toEqual([]);
	expect(documented.length).toBeGreaterThan(40);
});

it(
	`${COUNT} amounts through parameter, request, answer and record without a change; seed ${seed}`,
	async () => {
		const one = fc.constantFrom(...amountFields).chain((field) => {
			const echo = fc.constantFrom(...(echoes[field.provider.name] ?? []));
			return fc.tuple(fc.constant(field), amountFor(field.rule), echo, fc.boolean());
		});
		let asNumbers = 0;
		await fc.assert(
			fc.asyncProperty(one, async ([field, text, echo, isNumber]) => {
				// An expression gives a number. This is only right where JavaScript still has every digit.
				const isExact = significantDigits(text) <= 15 && !/e/.test(String(Number(text)));
				const given = isNumber && isExact ? Number(text) : text;
				if (typeof given === 'number') asNumbers += 1;
				const typed = typeof given === 'number' ? String(given) : text;
				const sent = await sentFor(field, given);
				const wanted = field.rule.as === 'number' ? asJsonNumber(typed) : typed;
				if (sent !== wanted) throw new Error(`${field.path}: ${typed} was sent as ${sent}`);
				const number = asJsonNumber(sent);
				const asText = shownBy(field, echo, JSON.stringify(sent));
				if (asText !== sent) throw new Error(`${echo.operation}: "${sent}" came out as ${String(asText)}`);
				const asNumber = shownBy(field, echo, number);
				if (asNumber !== number)
					throw new Error(`${echo.operation}: ${number} came out as ${String(asNumber)}`);
			}),
			{ numRuns: COUNT, seed },
		);
		expect(asNumbers).toBeGreaterThan(COUNT / 20);
	},
	patience(COUNT * 3),
);

const inexact: unknown[] = [
	'1e3',
	'1E-7',
	'1.5e+2',
	'-1',
	'+1',
	'-0',
	'1,5',
	'1,000.50',
	"1'000",
	'1_000',
	'1 000',
	'1\u00a0000',
	' 1',
	'1 ',
	'1\n',
	'\ufeff1',
	'.5',
	'5.',
	'1.2.3',
	'0x10',
	'0b1',
	'1n',
	'١٢',
	'１２',
	'²',
	'½',
	'Infinity',
	'NaN',
	'null',
	'true',
	'1$',
	'1'.repeat(41),
	`1.${'1'.repeat(41)}`,
	Number.NaN,
	Infinity,
	-Infinity,
	-0.5,
	1e21,
	1e-7,
	0.1 + 0.2,
	123456789.12345678,
	1234567890123456,
	2 ** 53,
	10n,
	true,
	{},
	{ valueOf: () => 1 },
	{ toString: () => '1' },
	['1'],
	[1],
	() => 1,
	new Date(0),
];

it.each(inexact.map((value) => [value]))('refuses %p in every amount field', async (value) => {
	for (const field of amountFields) {
		const refused = requestOf(field.provider, field.account, field.fixture(value));
		await expect(refused).rejects.toBeInstanceOf(Refusal);
	}
});

it(
	`${COUNT / 10} numbers of any kind: exact digits or a refusal; seed ${seed}`,
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...amountFields), fc.double(), async (field, number) => {
				let sent: string | undefined;
				try {
					sent = await sentFor(field, number);
				} catch (cause) {
					if (cause instanceof Refusal) return;
					throw cause;
				}
				if (sent === undefined || Number(sent) !== number || significantDigits(sent) > 15)
					throw new Error(`${number} was sent as ${sent}`);
			}),
			{ numRuns: COUNT / 10, seed },
		);
	},
	patience(COUNT),
);
