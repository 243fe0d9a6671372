import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { clock } from '../../../core/clock.ts';
import { HostileServer } from './hostileServer.mts';
import { customRead, listAt, runAt, victims } from './subjects.mts';

const MEGABYTE = 1_000_000;
const tooLarge = /the answer has more than 20 MB and was cut off/;

let server: HostileServer;
beforeAll(async () => {
	jest.spyOn(clock, 'sleep').mockResolvedValue();
	server = await HostileServer.start();
});
afterAll(() => server.stop());

/** Answers the first call with 100 MB, in a frame that is valid JSON until it is cut. */
const hundredMegabytes = () => {
	server.begin(async (response) => {
		if (server.seen.length > 1) return void response.writeHead(404).end('{}');
		response.write('{"code":"000000","status":"SUCCESS","data":"');
		await server.flood(response, Buffer.alloc(MEGABYTE, 'a'), 100 * MEGABYTE);
	});
};

/** A provider that cannot be asked by reference, so one payment is one call. */
const victim = victims.find(({ name }) => name === 'payPlay') ?? victims[0];

/** 200 MB of zeros, which are a few hundred kilobytes after compression, or fewer. */
const zeros = Buffer.alloc(200 * MEGABYTE, '0');
type Compress = (bytes: Buffer) => Buffer;
const brotli: Compress = (bytes) =>
	brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const encodings: Array<[string, Compress]> = [
	['gzip', (bytes) => gzipSync(bytes)],
	['deflate', (bytes) => deflateSync(bytes)],
	['br', brotli],
];

describe.each(victims.map((victim) => [victim.name, victim] as const))('%s', (_name, victim) => {
	it('cuts off an answer of 100 MB; of a payment nothing is known then', async () => {
		hundredMegabytes();
		const { items, error } = await runAt(victim, server.origin, {
			...victim.money,
			options: { ...Object(victim.money.options), whenUnknown: 'continue' },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			outcome: 'unknown',
			message: expect.stringMatching(tooLarge),
		});
		// Some lookups are POST requests too.
		const [send] = server.seen;
		expect(server.seen.filter(({ url }) => url === send?.url)).toHaveLength(1);
		// The sockets' buffers hold more than the client has read.
		expect(server.written).toBeLessThan(40 * MEGABYTE);
	});

	it('cuts off a read and a drop-down too, with a message that says so', async () => {
		hundredMegabytes();
		const { error } = await runAt(victim, server.origin, customRead);
		expect(error?.message).toMatch(tooLarge);
		expect(server.seen).toHaveLength(1);
		hundredMegabytes();
		await expect(listAt(victim, server.origin)).rejects.toThrow(tooLarge);
	});
});

describe('compressed answers', () => {
	it.each(encodings)('a bomb in %s is defused at the same size', async (encoding, compress) => {
		const bomb = compress(zeros);
		server.begin((response) => void response.setHeader('content-encoding', encoding).end(bomb));
		const before = process.memoryUsage().arrayBuffers;
		let most = 0;
		const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 1);
		const { error } = await runAt(victim, server.origin, victim.money);
		clearInterval(watch);
		expect(error?.message).toMatch(tooLarge);
		expect(error?.message).toMatch(/Money may or may not have moved/);
		expect(most - before).toBeLessThan(90 * MEGABYTE);
	});

	it.each(encodings)('an honest answer in %s is read', async (encoding, compress) => {
		const answer = Buffer.from('{"status":"SUCCESS","code":"000000","data":{"amount":0.1000}}');
		server.begin((response) => void response.setHeader('content-encoding', encoding).end(compress(answer)));
		const { items } = await runAt(victim, server.origin, customRead);
		expect(items[0]?.json).toMatchObject({ data: { amount: '0.1000' } });
	});

	it('what cannot be decompressed is no answer', async () => {
		server.begin((response) => void response.setHeader('content-encoding', 'gzip').end('no gzip'));
		const { error } = await runAt(victim, server.origin, victim.money);
		expect(error?.message).toMatch(/broke off or could not be read. Money may or may not have moved/);
	});
});

it('closes a connection that drips when the time for the answer is over', async () => {
	let drips: NodeJS.Timeout | undefined;
	server.begin((response) => {
		response.write('{');
		drips = setInterval(() => response.write(' '), 20);
	});
	const deadline = jest.spyOn(clock, 'deadline').mockImplementation(async () => {
		while (server.seen.length === 0) await soon();
		await soon();
	});
	const { error } = await runAt(victim, server.origin, victim.money);
	deadline.mockRestore();
	expect(error?.message).toMatch(/no whole answer came in time/);
	while (server.open > 0) await soon();
	clearInterval(drips);
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 50));
