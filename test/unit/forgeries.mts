import * as fc from 'fast-check';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Delivery, WebhookTrigger } from '../../core/events/webhook.ts';

/** Genuine deliveries of one provider, which the tests spoil in every way. */
export interface Genuine {
	trigger: WebhookTrigger;
	credentials: ICredentialDataDecryptedObject;
	now: number;
	deliveries: Delivery[];
	/** The lower-case names of the headers that prove a delivery. It is not genuine without one, or with another value. */
	proof: readonly string[];
	/** Whether the proof covers the body. Where it does not, the node asks the provider about the object. */
	coversBody: boolean;
}

/** The seed of the mutations. It is printed, and SEED sets it to replay a run. */
export const seed = Number(process.env.SEED ?? 20261120);

const MUTATIONS = 10_000;

/** Tests 10,000 spoilt deliveries: none is genuine, and none throws. Every untouched one is genuine. */
export function describeForgeries(name: string, genuine: Genuine): void {
	const receive = (delivery: Delivery) => genuine.trigger.receive(delivery, genuine.credentials, genuine.now);

	describe(`${name}: ${MUTATIONS} mutations, seed ${seed}`, () => {
		it('every genuine delivery is accepted', () => {
			for (const delivery of genuine.deliveries) expect(receive(delivery).state).toBe('genuine');
		});

		it('no mutation is accepted, and none throws', () => {
			fc.assert(
				fc.property(mutated(genuine), ({ delivery, how }) => {
					if (receive(delivery).state === 'genuine') throw new Error(`Accepted: ${how}`);
				}),
				{ numRuns: MUTATIONS, seed },
			);
		});

		it.each(['', undefined, null, 0, 'another secret'])('nothing is genuine with the secret %p', (secret) => {
			const values = Object.fromEntries(
				Object.keys(genuine.credentials).map((field) => [
					field,
					/url|id$/i.test(field) ? genuine.credentials[field] : secret,
				]),
			);
			for (const delivery of genuine.deliveries) {
				const credentials = values as ICredentialDataDecryptedObject;
				expect(genuine.trigger.receive(delivery, credentials, genuine.now).state).toBe('forged');
			}
		});

		it('nothing is genuine without credentials', () => {
			for (const delivery of genuine.deliveries) {
				expect(genuine.trigger.receive(delivery, {}, genuine.now).state).toBe('forged');
			}
		});
	});
}

interface Mutated {
	delivery: Delivery;
	how: string;
}

function mutated(genuine: Genuine): fc.Arbitrary<Mutated> {
	const ways = [spoiltHeader(genuine), ...(genuine.coversBody ? [spoiltBody(genuine)] : [])];
	return fc.oneof(...ways);
}

function spoiltHeader({ deliveries, proof }: Genuine): fc.Arbitrary<Mutated> {
	const changes: Record<
		string,
		(value: string, at: number, filler: string) => string | string[] | undefined
	> = {
		missing: () => undefined,
		empty: () => '',
		doubled: (value) => [value, value],
		'cut short': (value, at) => value.slice(0, at % Math.max(1, value.length)),
		'one character changed': (value, at) => {
			const index = at % value.length;
			return `${value.slice(0, index)}${value[index] === 'x' ? 'y' : 'x'}${value.slice(index + 1)}`;
		},
		'filled up': (value, _at, filler) => `${value}${filler}`,
		'something else': (_value, _at, filler) => filler,
		'with unicode': (value) => `${value}\u0430`,
	};
	return fc
		.record({
			delivery: fc.constantFrom(...deliveries),
			header: fc.constantFrom(...proof),
			how: fc.constantFrom(...Object.keys(changes)),
			at: fc.nat(1000),
			filler: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
		})
		.map(({ delivery, header, how, at, filler }) => {
			const value = String(delivery.headers[header] ?? '');
			const headers = { ...delivery.headers, [header]: changes[how]?.(value, at, filler) };
			return { delivery: { ...delivery, headers }, how: `${header} ${how}` };
		});
}

function spoiltBody({ deliveries }: Genuine): fc.Arbitrary<Mutated> {
	const changes: Record<string, (body: Buffer, at: number, bit: number) => Buffer> = {
		'a bit flipped': (body, at, bit) => {
			const copy = Buffer.from(body);
			copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (1 << bit);
			return copy;
		},
		'a byte left out': (body, at) =>
			Buffer.concat([body.subarray(0, at % body.length), body.subarray((at % body.length) + 1)]),
		'a space put in': (body, at) =>
			Buffer.concat([body.subarray(0, at % body.length), Buffer.from(' '), body.subarray(at % body.length)]),
		'a key doubled': (body) => Buffer.from(body.toString('utf8').replace(/}$/, ',"id":"forged"}')),
		'keys reordered': (body) =>
			Buffer.from(
				JSON.stringify(
					Object.fromEntries(Object.entries(JSON.parse(body.toString('utf8'))).reverse()),
					null,
					1,
				),
			),
		'letters in another case': (body) => Buffer.from(body.toString('utf8').toUpperCase()),
		'an escape for a letter': (body) =>
			Buffer.from(
				body.toString('utf8').replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
			),
		'a megabyte of spaces': (body, at) =>
			Buffer.concat([body, Buffer.alloc(at % 50 === 0 ? 1_000_000 : 1 + at, ' ')]),
		nothing: () => Buffer.alloc(0),
		'half of it': (body) => body.subarray(0, body.length / 2),
	};
	return fc
		.record({
			delivery: fc.constantFrom(...deliveries),
			how: fc.constantFrom(...Object.keys(changes)),
			at: fc.nat(5000),
			bit: fc.nat(7),
		})
		.map(({ delivery, how, at, bit }) => ({
			delivery: { ...delivery, body: changes[how]?.(delivery.body, at, bit) ?? delivery.body },
			how: `body: ${how}`,
		}));
}
