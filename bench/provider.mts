/**
 * Stands for Gate Pay. It checks every signature, pays every reference once and costs next to nothing, so the benchmarks
 * measure n8n. The sandbox does more, and gets slower the more payouts it holds.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { verify } from '../sandbox/gatePay/signing.mts';
import { portOf } from '../host/ports.mts';
import { credentialFor } from './flow.mts';

export interface Answer {
	status: number;
	text: string;
}

const success = (data: unknown): Answer => ({
	status: 200,
	text: JSON.stringify({ status: 'SUCCESS', code: '000000', errorMessage: '', data }),
});

const refusal = (code: string, errorMessage: string): Answer => ({
	status: 200,
	text: JSON.stringify({ status: 'FAIL', code, errorMessage, data: {} }),
});

interface Line {
	merchant_withdraw_id: string;
	amount: string;
	currency: string;
	chain: string;
	address: string;
}

/** The reference of a payout that the provider knows from the start. */
export const KNOWN = 'known';

/** The payouts by their reference. */
export class Books {
	readonly paid = new Map<string, Line[]>();
	lines = 0;

	answer(path: string, body: string): Answer {
		if (path.startsWith('/v1/pay/withdraw/query')) return this.#show(JSON.parse(body).batch_id);
		if (path.startsWith('/v1/pay/withdraw')) return this.#pay(JSON.parse(body));
		return refusal('400001', 'no such path');
	}

	#pay({ batch_id, withdraw_list }: { batch_id: string; withdraw_list: Line[] }): Answer {
		if (this.paid.has(batch_id)) return refusal('400201', `${batch_id} exists`);
		this.paid.set(batch_id, withdraw_list);
		this.lines += withdraw_list.length;
		return success({ batch_id });
	}

	#show(reference: string): Answer {
		const paid = this.paid.get(reference) ?? (reference.startsWith(KNOWN) ? [lineOf(reference)] : undefined);
		if (!paid) return refusal('400202', `${reference} does not exist`);
		const lines = paid.map((line, index) => ({
			...line,
			suborder_id: String(700_000_000_000_000_000n + BigInt(index)),
			fee: '1',
			done_amount: line.amount,
			status: 'DONE',
			tx_id: `0x${String(index).padStart(64, '0')}`,
			timestamp: 1_794_000_000_000,
		}));
		const create_time = 1_794_000_000_000;
		return success({ batch_id: reference, status: 'SUCCESS', create_time, withdraw_list: lines });
	}
}

function lineOf(reference: string): Line {
	const address = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
	return { merchant_withdraw_id: `${reference}_1`, amount: '12.5', currency: 'USDT', chain: 'TRX', address };
}

export interface Told {
	lines: number;
	atOnce: number;
	refused: number;
}

export interface RunningProvider {
	url: string;
	/** How long each answer takes from now on, in milliseconds. */
	setLatency(milliseconds: number): Promise<void>;
	/**
	 * How many lines were paid in all. And since the last call: the most requests that were under way at once, and how many
	 * were refused. A lookup that finds nothing is not a refusal.
	 */
	tell(): Promise<Told>;
	close(): Promise<void>;
}

/** Starts the provider in a process of its own. */
export async function startProvider(): Promise<RunningProvider> {
	const child = fork(import.meta.filename, [], { env: { ...process.env, BENCH_PROVIDER: 'yes' } });
	const [first] = await once(child, 'message');
	const url = String(first);
	const control = async (path: string) => {
		const answer = await fetch(`${url}/bench/${path}`);
		return JSON.parse(await answer.text());
	};
	return {
		url,
		setLatency: async (milliseconds) => void (await control(`latency?milliseconds=${milliseconds}`)),
		tell: () => control('books'),
		close: async () => {
			child.kill();
			await once(child, 'exit');
		},
	};
}

async function serve(): Promise<void> {
	const books = new Books();
	const { paymentSecret } = credentialFor('');
	const traffic = { latency: 0, underWay: 0, atOnce: 0, refused: 0 };

	const control = (url: URL): Answer => {
		if (url.pathname === '/bench/latency') traffic.latency = Number(url.searchParams.get('milliseconds'));
		const told: Told = { lines: books.lines, atOnce: traffic.atOnce, refused: traffic.refused };
		Object.assign(traffic, { atOnce: 0, refused: 0 });
		return { status: 200, text: JSON.stringify(told) };
	};
	const answerTo = async (request: IncomingMessage): Promise<Answer> => {
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		if (url.pathname.startsWith('/bench/')) return control(url);
		traffic.underWay += 1;
		traffic.atOnce = Math.max(traffic.atOnce, traffic.underWay);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const body = Buffer.concat(chunks);
		const header = (name: string) => String(request.headers[`x-gatepay-${name}`]);
		const parts = { timestamp: header('timestamp'), nonce: header('nonce'), body };
		const isSigned = verify(String(paymentSecret), parts, header('signature'));
		const answer = isSigned
			? books.answer(url.pathname, body.toString('utf8'))
			: refusal('400002', 'signature');
		if (answer.text.includes('FAIL') && !answer.text.includes('400202')) traffic.refused += 1;
		if (traffic.latency > 0) await sleep(traffic.latency);
		traffic.underWay -= 1;
		return answer;
	};
	const server = createServer((request, response) => {
		void answerTo(request).then(({ status, text }) =>
			response.writeHead(status, { 'Content-Type': 'application/json' }).end(text),
		);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	process.send?.(`http://127.0.0.1:${portOf(server)}`);
	process.once('disconnect', () => process.exit(0));
}

if (import.meta.main && process.env.BENCH_PROVIDER) void serve();
