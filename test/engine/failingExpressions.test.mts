import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { BridgePayApi } from '../../credentials/BridgePayApi.credentials.ts';
import { GatePayApi } from '../../credentials/GatePayApi.credentials.ts';
import { OkiPaysApi } from '../../credentials/OkiPaysApi.credentials.ts';
import { PayPlayApi } from '../../credentials/PayPlayApi.credentials.ts';
import { BridgePayTrigger } from '../../nodes/BridgePay/BridgePayTrigger.node.ts';
import { GatePayTrigger } from '../../nodes/GatePay/GatePayTrigger.node.ts';
import { OkiPaysTrigger } from '../../nodes/OkiPays/OkiPaysTrigger.node.ts';
import { PayPlayTrigger } from '../../nodes/PayPlay/PayPlayTrigger.node.ts';
import { bridgePay } from '../faults/events/shops/bridgePay.mts';
import { gatePayOrders } from '../faults/events/shops/gatePay.mts';
import { okiPays } from '../faults/events/shops/okiPays.mts';
import { payPlay } from '../faults/events/shops/payPlay.mts';
import type { Shop } from '../faults/events/shops/shop.mts';
import { deliver } from './harness/index.mts';

interface Subject {
	shop: Shop;
	trigger: INodeType;
	credential: ICredentialType;
	/** A state that is announced. */
	word: string;
	/** What an expression may fail in. */
	fields: readonly string[];
}

const subjects: readonly Subject[] = [
	{
		shop: gatePayOrders,
		trigger: new GatePayTrigger(),
		credential: new GatePayApi(),
		word: 'DONE',
		fields: ['events', 'statuses'],
	},
	{
		shop: bridgePay,
		trigger: new BridgePayTrigger(),
		credential: new BridgePayApi(),
		word: 'paid',
		fields: ['events', 'statuses', 'confirm'],
	},
	{
		shop: okiPays,
		trigger: new OkiPaysTrigger(),
		credential: new OkiPaysApi(),
		word: 'Paid',
		fields: ['statuses', 'confirm', 'requireSignature'],
	},
	{
		shop: payPlay,
		trigger: new PayPlayTrigger(),
		credential: new PayPlayApi(),
		word: 'COMPLETE',
		fields: ['events', 'statuses', 'confirm'],
	},
];

/** Each fails in n8n in another way: some throw, some give undefined, some an empty text. */
const failing = [
	'={{ $json.nothing.at.all }}',
	'={{ $("A node that is gone").item.json.statuses }}',
	'={{ $vars.missing }}',
	'={{ undefined }}',
	'={{ null.length }}',
	'={{ (() => { throw new Error("It fails") })() }}',
	'={{ }}',
	'={{ [ }}',
];

const cases = subjects.flatMap((subject) =>
	subject.fields.flatMap((field) =>
		failing.map((expression) => [subject.shop.name, field, expression, subject] as const),
	),
);

async function receive(
	{ shop, trigger, credential, word }: Subject,
	parameters: INodeParameters,
	credentials: ICredentialDataDecryptedObject = shop.credentials,
) {
	const delivery = shop.notification?.('1', { word, at: Date.now() }, { isSigned: true });
	if (!delivery) throw new Error('It notifies of nothing');
	return await deliver({
		trigger,
		parameters: { events: [], statuses: [], ...parameters },
		credentials: { [credential.name]: credentials },
		credentialTypes: { [credential.name]: credential },
		rawBody: delivery.body,
		headers: { 'content-type': 'application/json', ...(delivery.headers as Record<string, string>) },
	});
}

it.each(cases)(
	'%s: while %s is %s, a genuine notification is answered 503 and starts nothing',
	async (_name, field, expression, subject) => {
		const { status, executions, threw } = await receive(subject, { [field]: expression });
		expect([status, executions, threw]).toEqual([503, [], undefined]);
	},
);

it.each(subjects.map((subject) => [subject.shop.name, subject] as const))(
	'%s: a forgery is refused all the same',
	async (_name, subject) => {
		const parameters = Object.fromEntries(subject.fields.map((field) => [field, '={{ undefined }}']));
		const { status, executions } = await receive(subject, parameters, {});
		expect([status, executions]).toEqual([401, []]);
	},
);

it('an expression that gives a list, or a text of choices, filters', async () => {
	const [subject] = subjects;
	if (!subject) throw new Error('There is none');
	for (const expression of ['={{ ["succeeded"] }}', '={{ "failed, succeeded" }}']) {
		const { status, executions } = await receive(subject, { statuses: expression });
		expect([status, executions.flat().length]).toEqual([200, 1]);
	}
	const { status, executions } = await receive(subject, { statuses: '={{ "failed" }}' });
	expect([status, executions]).toEqual([200, []]);
});
