import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { isRecord } from '../../../core/exact/json.ts';
import { rejected, unknown, unread } from '../../../core/items/messages.ts';
import { isEndpoint, type Operation } from '../../../core/provider/operation.ts';
import { classify } from '../../../core/money/classify.ts';
import { outcomeItem, readItems } from '../../../core/items/output.ts';
import type { Provider } from '../../../core/provider/provider.ts';
import type { HttpAnswer } from '../../../core/provider/http.ts';
import { saysAbsent } from '../../../core/wire/reading.ts';
import { objectIn, rowsOf } from '../../../core/wire/pages.ts';
import { differences } from '../../../core/money/sameness.ts';
import { catalogue } from '../../catalogue.mts';
import { cases, expectNoPollution, hostileJson, namesIn, patience, seed, spoilt } from '../../fuzzing.mts';

const COUNT = cases(3_000);

const statuses = [200, 200, 200, 200, 201, 204, 302, 400, 401, 404, 408, 409, 422, 429, 451, 500, 502, 503];
const paymentStatuses = new Set(
	'created pending processing action_required succeeded failed cancelled expired refunded unknown'.split(' '),
);

/** The providers' envelopes around a JSON text, so that most cases get through the first checks. */
const envelopes: Record<string, Array<(json: string) => string>> = {
	gatePay: [
		(json) => `{"status":"SUCCESS","code":"000000","errorMessage":"","data":${json}}`,
		(json) => `{"status":"FAIL","code":${json},"errorMessage":${json}}`,
		(json) => `{"status":"SUCCESS","code":"000000","data":{"bizCode":"000000","bizData":${json}}}`,
	],
	bridgePay: [
		(json) => `[${json}]`,
		(json) => `{"id":"1","status":"new","deals":[${json}]}`,
		(json) => `[{"message":${json}}]`,
	],
	okiPays: [
		(json) => `{"status":true,"token":"t","data":${json}}`,
		(json) => `{"status":true,"data":[${json}]}`,
		(json) => `{"status":false,"error":${json},"code":${json}}`,
	],
	payPlay: [
		(json) => `{"order":${json}}`,
		(json) => `{"transaction":${json},"transactions":[${json}],"balance":${json}}`,
		(json) => `{"message":${json},"errors":{"a":${json}}}`,
	],
	rapira: [
		(json) => `{"code":0,"message":"SUCCESS","data":${json}}`,
		(json) => `{"code":${json},"message":${json}}`,
		(json) => `{"content":[${json}],"withdrawRecordId":1,"address":"a","uuid":"u"}`,
	],
};

/** Everything that happens to one answer between the wire and the item. */
function digest(provider: Provider, operation: Operation, answer: HttpAnswer): void {
	const verdict = provider.verdict(answer, operation);
	const { outcome } = classify({ state: 'answered', answer }, () => verdict, operation.returns.kind);
	const subject = { provider, operation, reference: 'r-1' };
	if (outcome.state === 'rejected') expectMessage(rejected(outcome, subject));
	if (outcome.state === 'unknown') expectMessage(unknown(outcome, subject));
	if (verdict.state === 'refused') {
		expectMessage(unread(verdict, subject));
		saysAbsent({ ...verdict });
	}
	if (verdict.state !== 'accepted') return;
	const { data } = verdict;
	for (const form of ['simplified', 'raw'] as const) {
		const rows = 'list' in operation.returns ? rowsOf(data, operation) : [data];
		if (operation.effect === 'read' && !('file' in operation.returns))
			for (const row of rows) readItems(provider, operation, row, form, 0).forEach(expectItem);
		const request = { reference: 'r-1', values: { amount: '1', status: 'x' }, form };
		if (operation.effect !== 'read' && outcome.state === 'applied')
			expectItem(outcomeItem(provider, operation, outcome, request, 0));
	}
	const found = objectIn(data, operation);
	if (operation.same && found !== undefined) differences(operation.same, { amount: '1' }, found);
}

function expectMessage({ message, nextStep }: { message: string; nextStep: string }): void {
	if (typeof message !== 'string' || typeof nextStep !== 'string') throw new Error('A message is no text');
	if (/native code|\[object /.test(message + nextStep))
		throw new Error(`Shows what it is made of: ${message}`);
}

/** Expects plain JSON without a top-level `error`. A record's members have their types. */
function expectItem({ json }: { json: unknown }): void {
	if (!isRecord(json)) throw new Error('An item without json');
	if (Object.prototype.hasOwnProperty.call(json, 'error')) throw new Error('A top-level error');
	if (JSON.stringify(JSON.parse(JSON.stringify(json))) !== JSON.stringify(json)) throw new Error('Not JSON');
	expectPlain(json);
	if (!('providerStatus' in json && 'kind' in json && 'final' in json)) return;
	if (!paymentStatuses.has(String(json.status))) return;
	for (const name of ['amount', 'paidAmount', 'fiatAmount', 'id', 'reference', 'providerStatus', 'txHash'])
		if (json[name] !== undefined && json[name] !== null && typeof json[name] !== 'string')
			throw new Error(`${name} is no text`);
}

function expectPlain(value: unknown): void {
	if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
		throw new Error(`A ${typeof value} in an item`);
	if (Array.isArray(value)) value.forEach(expectPlain);
	else if (isRecord(value)) {
		if (Object.getPrototypeOf(value) !== Object.prototype)
			throw new Error('An object with another prototype');
		Object.values(value).forEach(expectPlain);
	}
}

describe.each(catalogue.map(({ provider, folder }) => [provider.name, provider, folder] as const))(
	'%s',
	(name, provider, folder) => {
		const names = namesIn(readFileSync(`contracts/${folder.toLowerCase()}.openapi.yaml`, 'utf8'));
		const operations = provider.resources.flatMap(({ operations: own }) =>
			own.filter((operation) => isEndpoint(operation) || operation.custom),
		);
		const json = hostileJson(names);
		const wrapped = fc
			.tuple(
				fc.constantFrom((text: string) => text, ...(envelopes[name] ?? [])),
				json,
			)
			.map(([wrap, text]) => wrap(text));

		it(
			`${COUNT} answers that nobody documented: no throw, plain items, clear messages; seed ${seed}`,
			() => {
				fc.assert(
					fc.property(
						fc.constantFrom(...operations),
						fc.constantFrom(...statuses),
						spoilt(wrapped),
						(operation, status, text) => {
							digest(provider, operation, { status, headers: {}, text });
							expectNoPollution();
						},
					),
					{ numRuns: COUNT, seed },
				);
			},
			patience(COUNT),
		);
	},
);
