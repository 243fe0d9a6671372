import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Attempt, Attempts } from './attempt.mts';
import { disguises } from './disguises.mts';
import type { Payment } from './payments.mts';

/** Every way that a flow, an expression, an agent or a custom request has. */
export function attemptsOf(payment: Payment): Attempt[] {
	const named = { ...amounts(payment), ...currencies(payment), ...recipients(payment), ...runs(payment) };
	const all = {
		...named,
		...approvals(payment),
		...agents(payment),
		...unreadable(payment),
		...customs(payment),
		...disguises(payment),
	};
	return Object.entries(all).map(([name, made]) => ({ parameters: payment.parameters(), ...made, name }));
}

/** Spellings of an amount that is above 10. */
const ABOVE: Record<string, unknown> = {
	'one unit above': '10.000001',
	'one cent above': '10.01',
	'far above': '999999999',
	'a number': 11,
	'a number with a fraction': 10.5,
	'leading zeros': '00011',
	'an exponent': '1e3',
	'a number that JavaScript writes with an exponent': 1e21,
	'digits in groups': '1,000',
	'a comma for the point': '10,5',
	'a space in it': '1 000',
	'a space before': ' 11',
	'a plus': '+11',
	'two signs': '-11',
	'a hexadecimal number': '0xff',
	'digits of another alphabet': '\u0661\u0661',
	'a list': ['11'],
	'an object': { value: '11' },
	'an unlimited number': 'Infinity',
	'not a number': 'NaN',
};

function amounts({ item, currency }: Payment): Attempts {
	const limits = { mostPerPayment: `${currency} 10` };
	const perRun = { mostPerRun: `${currency} 10` };
	return Object.fromEntries(
		Object.entries(ABOVE).flatMap(([name, amount]) => [
			[`Most per Payment, amount: ${name}`, { limits, items: [item(amount)] }],
			[`Most per Run, amount: ${name}`, { limits: perRun, items: [item(amount)] }],
		]),
	);
}

function currencies({ item, currency, parameters, withCurrency }: Payment): Attempts {
	const attempts: Attempts = {
		'a currency that Most per Payment does not name': {
			limits: { mostPerPayment: 'XYZ 10' },
			items: [item('1')],
		},
		'a currency that Most per Run does not name': { limits: { mostPerRun: 'XYZ 10' }, items: [item('1')] },
		'a currency that only one of both names': {
			limits: { mostPerPayment: `${currency} 10`, mostPerRun: 'XYZ 10' },
			items: [item('1')],
		},
	};
	const others = [
		currency.toLowerCase(),
		`${currency} `,
		` ${currency}`,
		`${currency}2`,
		'EUR',
		'\u0405USD',
		'={{ "" }}',
		'T',
	];
	for (const other of withCurrency ? others : []) {
		attempts[`the currency as ${JSON.stringify(other)}`] = {
			limits: { mostPerPayment: `${currency} 10` },
			parameters: withCurrency?.(parameters(), other) ?? {},
			items: [item('11')],
		};
	}
	return attempts;
}

function recipients({ item, recipient, parameters, withRecipient }: Payment): Attempts {
	const others = [
		recipient.toLowerCase(),
		recipient.slice(0, -1),
		`${recipient}1`,
		`${recipient},X`,
		`${recipient}#1`,
		'={{ "" }}',
		'0x0000000000000000000000000000000000000001',
	].filter((one) => one !== recipient);
	const attempts: Attempts = {
		'a recipient that is not allowed': { limits: { allowedRecipients: 'somebody-else' }, items: [item('1')] },
		'a recipient with another memo': { limits: { allowedRecipients: `${recipient}#7` }, items: [item('1')] },
	};
	// Whoever builds the flow can turn off the check of the recipient, so the limit alone has to refuse it.
	const unchecked = parameters({ skipRecipientCheck: true });
	for (const other of withRecipient ? others : []) {
		attempts[`the recipient as ${JSON.stringify(other)}`] = {
			limits: { allowedRecipients: recipient },
			parameters: withRecipient?.(unchecked, other) ?? {},
			items: [item('1')],
		};
	}
	return attempts;
}

function runs({ item, currency, parameters }: Payment): Attempts {
	const limits = { mostPerRun: `${currency} 10` };
	const three = [1, 2, 3].map((number) => item('4', number));
	const byItem = { paymentsOff: '={{ $itemIndex === 0 }}' };
	return {
		'many items': { limits, items: three },
		'many small items': { limits, items: Array.from({ length: 11 }, (_, index) => item('1', index + 1)) },
		'many items, and the run goes on': {
			limits,
			items: three,
			more: { settings: { onError: 'continueRegularOutput' } },
		},
		'many items with retries': {
			limits,
			items: three,
			more: { settings: { retryOnFail: true, maxTries: 3 } },
		},
		'a large item with retries': {
			limits: { mostPerPayment: `${currency} 10` },
			items: [item('11')],
			more: { settings: { retryOnFail: true, maxTries: 5 } },
		},
		'When the Outcome Is Unknown: Continue': {
			limits: { mostPerPayment: `${currency} 10` },
			parameters: parameters({ whenUnknown: 'continue' }),
			items: [item('11')],
		},
		'Payments Off': { limits: { paymentsOff: true }, items: [item('1')] },
		'Payments Off with other limits': {
			limits: {
				paymentsOff: true,
				mostPerPayment: `${currency} 10`,
				customRequests: 'all',
				aiAgents: 'within',
			},
			items: [item('1')],
		},
		'a limit by an expression of the flow': {
			limits: { mostPerPayment: `={{ "${currency} " + ($json.most ?? "x") }}` },
			items: [{ ...item('11'), most: 'any' }],
		},
		'limits that differ from item to item': { limits: byItem, items: three },
		'a limit by an expression that gives no text': {
			limits: { mostPerPayment: '={{ $json.amount * 1000 }}' },
			items: [item('11')],
		},
	};
}

function approvals({ item, currency, parameters }: Payment): Attempts {
	const limits = { approvalFrom: `${currency} 10` };
	const attempts: Attempts = {
		'no approval': { limits, items: [item('10')] },
		'no approval, in a currency without a sum': { limits: { approvalFrom: 'XYZ 10' }, items: [item('1')] },
	};
	for (const approvalHash of ['', ' ', 'true', '*', '0'.repeat(64), '={{ $json.hash }}']) {
		attempts[`the approval ${JSON.stringify(approvalHash)}`] = {
			limits,
			parameters: parameters({ approvalHash }),
			items: [item('10')],
		};
	}
	return attempts;
}

function agents({ item, currency, parameters }: Payment): Attempts {
	const most = { mostPerPayment: `${currency} 10` };
	const attempts: Attempts = {};
	for (const asTool of [true, 'byEngine'] as const) {
		const more = { asTool };
		const allowed = parameters({ allowAgents: true });
		const one = { parameters: allowed, items: [item('1')], more };
		attempts[`an agent (${asTool}) with AI Agents: Never`] = { ...one, limits: { aiAgents: 'never' } };
		attempts[`an agent (${asTool}) with the default`] = { ...one, limits: { aiAgents: '' } };
		attempts[`an agent (${asTool}) with AI Agents by an expression`] = {
			...one,
			limits: { aiAgents: '={{ $json.agents }}' },
			items: [{ ...item('1'), agents: 'all' }],
		};
		attempts[`an agent (${asTool}) above a limit`] = { ...one, limits: most, items: [item('11')] };
		attempts[`an agent (${asTool}) above a limit, again and again`] = {
			...one,
			limits: most,
			items: [item('11')],
			more: { asTool, calls: 5 },
		};
		attempts[`an agent (${asTool}) without an approval`] = { ...one, limits: { aiAgents: 'approval' } };
		attempts[`an agent (${asTool}) without the switch of the node`] = {
			limits: { aiAgents: 'within' },
			parameters: parameters(),
			items: [item('1')],
			more,
		};
		for (const approvalHash of ['={{ $json.hash }}', "={{ $fromAI('hash', '', 'string') }}"]) {
			attempts[`an agent (${asTool}) that approves by ${approvalHash}`] = {
				limits: { aiAgents: 'approval' },
				parameters: parameters({ allowAgents: true, approvalHash }),
				items: [{ ...item('1'), hash: '0'.repeat(64) }],
				more,
			};
		}
	}
	return attempts;
}

function unreadable({ item, currency }: Payment): Attempts {
	const texts = [
		`${currency} 1,000`,
		`${currency} 1e9`,
		'unlimited',
		`${currency} -1`,
		`${currency} 1; ${currency} 2`,
	];
	const fields = ['mostPerPayment', 'mostPerRun', 'approvalFrom'];
	return Object.fromEntries(
		fields.flatMap((field) =>
			texts.map((text) => [
				`${field} as ${JSON.stringify(text)}`,
				{ limits: { [field]: text }, items: [item('1')] },
			]),
		),
	);
}

function customs({ currency, recipient, customPath }: Payment): Attempts {
	const attempts: Attempts = {};
	const limits: Record<string, ICredentialDataDecryptedObject> = {
		'Most per Payment': { mostPerPayment: `${currency} 10` },
		'Most per Run': { mostPerRun: `${currency} 10` },
		'Allowed Recipients': { allowedRecipients: recipient },
		'Approval From': { approvalFrom: `${currency} 10` },
		'Reads Only': { customRequests: 'reads' },
		'Payments Off and All': { paymentsOff: true, customRequests: 'all' },
		'an unreadable choice': { customRequests: 'everything' },
	};
	const body = { amount: '1', currency, address: recipient };
	for (const [name, one] of Object.entries(limits)) {
		for (const method of ['POST', 'PUT', 'DELETE']) {
			const parameters = {
				resource: 'customRequest',
				operation: 'send',
				method,
				path: customPath,
				query: {},
			};
			const more = method === 'DELETE' ? {} : { bodyFormat: 'json', body: JSON.stringify(body) };
			const asked = { ...parameters, ...more, paymentReference: 'custom-1', options: {} };
			attempts[`a custom ${method} with ${name}`] = { limits: one, parameters: asked, items: [{}] };
		}
	}
	return attempts;
}
