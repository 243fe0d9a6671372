import { isRecord } from '../../../../core/exact/json.ts';
import { Refusal as BridgePayRefusal } from '../../../../sandbox/bridgePay/refusal.mts';
import { Refusal as GatePayRefusal } from '../../../../sandbox/gatePay/refusal.mts';
import { sign } from '../../../../sandbox/gatePay/signing.mts';
import type { ProviderName, Sandbox } from '../../../../sandbox/index.mts';

/** What a provider tells n8n, and at which URL. */
export interface Announcement {
	url: string;
	body: string;
	/** Whether the order has ended by this announcement. */
	isFinal: boolean;
}

/** The members that an item must have: of the record, or of the provider's object where the output is raw. */
export interface Members {
	record: Record<string, unknown>;
	/** Only where the operation offers raw output. */
	raw?: Record<string, unknown>;
}

export interface State extends Members {
	/** A text that differs after every change. */
	version: string;
	isFinal: boolean;
}

/** What the provider's books say about an order. */
export interface Truth {
	/** The provider's name for the order. Every genuine announcement has it. */
	key: string;
	/** The URL of its announcements. */
	url: string;
	/** The members that never change. */
	order: Members;
	/** The states that the provider has, or has announced. */
	states: State[];
}

/** An order by its tag. Where a tag may have several, the execution that waits for it is named too. */
export interface Asked {
	tag: string;
	executionId?: string;
}

export type Proof = 'true' | 'wrong' | 'none' | 'of another text';

/** What a provider's payers and staff do to orders, and how the provider announces it. */
export interface Announcer {
	/** Ends the order, or changes it without an end. Undefined: there is no such order. */
	announce(asked: Asked, change: 'final' | 'open', way: number): Announcement | undefined;
	/** The announcement of somebody who knows the order but not the secret. Undefined: there is no such order. */
	pretend(asked: Asked): Announcement | undefined;
	headers(body: string, at: number, proof: Proof): Record<string, string>;
	/** Whether the proof of one text is also valid for another text. */
	isBareToken: boolean;
	/** All orders of the tag. */
	truths(tag: string): Truth[];
	/** The name of the item's member that has the key. */
	keyName: string;
}

const isRefusal = (cause: unknown) => cause instanceof BridgePayRefusal || cause instanceof GatePayRefusal;

/** The sandbox's announcement of an act. The stage delivers it, and not the sandbox's own timers. */
function acted(provider: Sandbox[ProviderName], act: string, id: string) {
	const before = provider.deliveries.length;
	try {
		provider.act(act, id);
	} catch (cause) {
		if (!isRefusal(cause)) throw cause;
	}
	const made = provider.deliveries.slice(before);
	for (const delivery of made) delivery.state = 'delivered';
	return made.at(-1);
}

const rotated = <Value,>(values: readonly Value[], way: number) =>
	values.map((_value, index) => values[(index + way) % values.length]).filter((one) => one !== undefined);

/** As MAPPING.md has it, written down once more. */
const INVOICE_STATES: Record<string, { status: string; final: boolean }> = {
	paid: { status: 'succeeded', final: true },
	canceled: { status: 'cancelled', final: true },
	expired: { status: 'expired', final: true },
};

/** The states of a new invoice, by its deal. */
const DEAL_STATES: Record<string, { status: string; final: boolean }> = {
	new: { status: 'created', final: false },
	transfer_waiting: { status: 'pending', final: false },
	transfer_confirmed: { status: 'processing', final: false },
};

function bridgePay({ bridgePay: provider }: Sandbox): Announcer {
	const invoiceOf = ({ tag, executionId }: Asked) => {
		const all = provider.state.invoices.filter(({ internalId }) => internalId === tag);
		const own = all.filter(({ notificationUrl }) => executionIn(notificationUrl) === executionId);
		return own.at(-1) ?? all.at(-1);
	};
	type Invoice = NonNullable<ReturnType<typeof invoiceOf>>;
	const told = (invoice: Invoice, body: string): Announcement => ({
		url: invoice.notificationUrl,
		body,
		isFinal: INVOICE_STATES[invoice.status]?.final === true,
	});
	const text = ({ id, type }: Invoice, status: string) =>
		JSON.stringify({
			notificationType: 'invoice',
			notificationDate: '2026-11-20',
			invoice: { id, type, status },
		});
	return {
		announce(asked, change, way) {
			const invoice = invoiceOf(asked);
			if (!invoice) return undefined;
			const acts = { final: ENDS, open: ['takePayOut', 'sayPaid'] }[change];
			const made = rotated(acts, way).map((act) => acted(provider, act, invoice.id));
			// The sandbox does not announce every change. A provider may repeat an announcement at any time.
			const latest = made.findLast((one) => one !== undefined);
			return told(invoice, latest?.body ?? text(invoice, invoice.status));
		},
		pretend(asked) {
			const invoice = invoiceOf(asked);
			return invoice && told(invoice, text(invoice, 'paid'));
		},
		isBareToken: true,
		headers(_body, _at, proof) {
			const { notificationToken } = provider.account;
			const token = { true: notificationToken, wrong: 'not-the-notification-token', none: undefined };
			const given = proof === 'of another text' ? notificationToken : token[proof];
			return { 'content-type': 'application/json', ...(given && { 'x-notification-token': given }) };
		},
		keyName: 'id',
		truths(tag) {
			const all = provider.state.invoices.filter(({ internalId }) => internalId === tag);
			return all.map(({ id, type, status, sum, deals, notificationUrl: url, updatedAt }) => {
				const state = INVOICE_STATES[status] ?? DEAL_STATES[deals[0]?.status ?? 'new'];
				if (!state) throw new Error(`The books have an invoice in ${status} with ${deals[0]?.status}`);
				// The provider's times are in seconds.
				const version = `${state.status} ${Math.floor(updatedAt / 1000)}`;
				const record = { id, reference: tag, amount: sum.amount, ...state };
				return {
					key: id,
					url,
					order: { record: { id, amount: sum.amount }, raw: { id, type } },
					states: [{ record, raw: { id, type, status }, isFinal: state.final, version }],
				};
			});
		},
	};
}

const ENDS = ['completeInvoice', 'cancelInvoice', 'expireInvoice'];

/** As MAPPING.md has it, written down once more. */
const ADDRESS_STATES: Record<string, { status: string; final: boolean }> = {
	PAY_SUCCESS: { status: 'succeeded', final: true },
	PAY_BLOCK: { status: 'action_required', final: false },
	RISK_ADDRESS: { status: 'action_required', final: false },
};

function gatePay({ gatePay: provider }: Sandbox): Announcer {
	const addressOf = ({ tag }: Asked) =>
		provider.state.staticAddresses.findLast(({ channelId }) => channelId === tag);
	return {
		announce(asked, change, way) {
			const known = addressOf(asked);
			if (!known) return undefined;
			const acts = { final: ['receiveOnAddress'], open: ['holdOnAddress', 'flagAddress'] }[change];
			const [act = ''] = rotated(acts, way);
			const made = acted(provider, act, `${known.channelId} ${known.chain}`);
			return made && { url: known.callbackUrl, body: made.body, isFinal: change === 'final' };
		},
		pretend(asked) {
			const known = addressOf(asked);
			if (!known) return undefined;
			const { address, chain, channelId: channel_id, callbackUrl: url } = known;
			const data = { address, chain, channel_id, amount: '100', orderAmount: '100', currency: 'USDT' };
			const told = { bizType: 'PAY_FIXED_ADDRESS', bizId: '77', bizStatus: 'PAY_SUCCESS' };
			return { url, body: JSON.stringify({ ...told, data: JSON.stringify(data) }), isFinal: true };
		},
		isBareToken: false,
		headers(body, at, proof): Record<string, string> {
			const type = { 'content-type': 'application/json' };
			if (proof === 'none') return type;
			const parts = { timestamp: String(at), nonce: `n-${at}` };
			const secret = proof === 'wrong' ? 'another' : provider.account.paymentSecret;
			const signed = proof === 'of another text' ? `${body} ` : body;
			return {
				...type,
				'x-gatepay-timestamp': parts.timestamp,
				'x-gatepay-nonce': parts.nonce,
				'x-gatepay-signature': sign(secret, { ...parts, body: signed }),
			};
		},
		keyName: 'address',
		truths(tag) {
			const { address, callbackUrl: url } = addressOf({ tag }) ?? {};
			if (address === undefined || url === undefined) return [];
			const told = provider.deliveries.map(({ body }) => openedBody(body));
			const states = told.filter(({ data }) => data.address === address).filter(isBooked);
			return [{ key: address, url, order: { record: { address } }, states: states.map(stateOf) }];
		},
	};

	/** Whether the announced money has really been received. */
	function isBooked({ bizId, bizStatus }: Opened): boolean {
		const isIn = provider.state.staticAddressPayments.some(({ transactionId }) => transactionId === bizId);
		return bizStatus !== 'PAY_SUCCESS' || isIn;
	}
}

interface Opened {
	bizId: string;
	bizStatus: string;
	data: Record<string, unknown>;
}

/** Reads the body. Its `data` is JSON text inside the JSON. */
function openedBody(body: string): Opened {
	const { bizId, bizStatus, data } = JSON.parse(body);
	const opened: unknown = JSON.parse(String(data));
	return { bizId: String(bizId), bizStatus: String(bizStatus), data: isRecord(opened) ? opened : {} };
}

function stateOf({ bizId, bizStatus, data: { amount, chain } }: Opened): State {
	const { status, final } = ADDRESS_STATES[bizStatus] ?? { status: '', final: false };
	const paid = amount === undefined ? {} : { amount, network: chain };
	return { record: { id: bizId, status, final, ...paid }, isFinal: final, version: bizId };
}

/** The ID of the execution that the URL wakes. */
export function executionIn(url: string): string | undefined {
	return /\/webhook-waiting\/([^/?]+)/.exec(url)?.[1];
}

export function announcerOf(provider: ProviderName, sandbox: Sandbox): Announcer {
	if (provider === 'bridgePay') return bridgePay(sandbox);
	if (provider === 'gatePay') return gatePay(sandbox);
	throw new Error(`${provider} announces no order that an execution waits for`);
}
