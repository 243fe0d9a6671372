/** Runs our node in n8n's engine in this process, without n8n's database and with a provider that answers at once. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { performance } from 'node:perf_hooks';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { chain, execute } from '../test/engine/harness/execution.mts';
import { credentialFor } from './flow.mts';
import { Books } from './provider.mts';

const require = createRequire(
	join(import.meta.dirname, '..', process.env.BENCH_PACKAGE ?? 'dist', 'index.js'),
);
const { GatePay, GatePayApi } = require('./index.js');
const type = new GatePayApi();
const credentials = credentialFor('http://127.0.0.1:1');

/** What one run of the node took inside the engine, in milliseconds. */
export interface Cost {
	/** Time on the clock. */
	elapsed: number;
	/** Processor time in all. */
	total: number;
	/** Processor time in which n8n evaluates the parameters that the node reads. */
	parameters: number;
	items: number;
	/** Bytes that are still held after the run, with the items that came out. Needs `--expose-gc`. */
	heap: number;
}

/** Runs the node once over the items. The answers exist before the clock starts, so they cost nothing. */
export async function runInEngine(items: IDataObject[], parameters: INodeParameters): Promise<Cost> {
	const node: INodeType = new GatePay();
	const cost: Cost = { elapsed: 0, total: 0, parameters: 0, items: 0, heap: 0 };
	const measured: INodeType = Object.assign(Object.create(node), {
		async execute(this: IExecuteFunctions) {
			const output = await measure(this, node, cost);
			cost.items = output.flat().length;
			return output;
		},
	});
	const step = {
		node: measured,
		parameters,
		credentials: { gatePayApi: credentials },
		credentialTypes: { gatePayApi: type },
	};
	const { steps, workflow } = chain({ steps: { Node: step }, items });
	const { run } = await execute({ steps, workflow });
	if (run.data.resultData.error) throw run.data.resultData.error;
	return cost;
}

async function measure(context: IExecuteFunctions, node: INodeType, cost: Cost) {
	const read: Array<[string, number, unknown]> = [];
	const heapBefore = heap();
	const start = performance.now();
	const before = process.cpuUsage();
	const output = await node.execute?.call(withAnswers(context, read));
	const after = process.cpuUsage(before);
	cost.elapsed = performance.now() - start;
	cost.heap = heap() - heapBefore;
	cost.total = (after.user + after.system) / 1000;
	const again = process.cpuUsage();
	for (const [name, item, fallback] of read) context.getNodeParameter(name, item, fallback);
	const replayed = process.cpuUsage(again);
	cost.parameters = (replayed.user + replayed.system) / 1000;
	if (!Array.isArray(output)) throw new TypeError('The node gave no items');
	return output;
}

/** The context with a network that answers at once. It also notes each parameter that the node reads. */
function withAnswers(context: IExecuteFunctions, read: Array<[string, number, unknown]>): IExecuteFunctions {
	const books = new Books();
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) => {
		const signed = await type.authenticate(credentials, options);
		const body = Buffer.isBuffer(signed.body) ? signed.body.toString('utf8') : '';
		const { status, text } = books.answer(new URL(signed.url).pathname, body);
		return { statusCode: status, headers: {}, body: Readable.from([Buffer.from(text)]) };
	};
	return Object.create(context, {
		helpers: { value: { ...context.helpers, httpRequestWithAuthentication } },
		getNodeParameter: {
			value: (name: string, item: number, fallback: unknown) => {
				read.push([name, item, fallback]);
				return context.getNodeParameter(name, item, fallback);
			},
		},
	});
}

function heap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}
