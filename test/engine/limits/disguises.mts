import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Attempts } from './attempt.mts';
import type { Payment } from './payments.mts';

/** Ways around a limit that hide what is asked for: in other characters, in objects, in expressions, in the credential. */
export function disguises(payment: Payment): Attempts {
	return {
		...amounts(payment),
		...currencies(payment),
		...recipients(payment),
		...expressions(payment),
		...approvals(payment),
		...agents(payment),
		...requests(payment),
	};
}

/** What an expression can give in place of an amount above 10. */
const AMOUNTS: Record<string, unknown> = {
	'full-width digits': '\uff11\uff11',
	'digits of Devanagari': '\u0967\u0967',
	'a small exponent': '11e0',
	'a large E': '1.1E1',
	'a list of two': ['1', '11'],
	'a list in a list': [[11]],
	'an object that tells its text': { toString: '11' },
	'a resource locator': { __rl: true, mode: 'id', value: '11' },
	'a resource locator in another': { __rl: true, mode: 'id', value: { __rl: true, mode: 'id', value: '11' } },
	'its prototype': JSON.parse('{"__proto__":{"value":"11"}}'),
	true: true,
	'two points': '1.1.1',
	'a point at the end': '11.',
	'a point at the beginning': '.11e2',
	'a zero-width space': '1\u200b1',
	'a line break': '11\n',
	'a second number behind a line break': '1\n11',
	'a second number behind NUL': '1\u000011',
	'an octal number': '0o13',
	'a numeric separator': '1_1',
	'a fraction': '22/2',
	'a per mille sign': '11\u2030',
	'a minus from another block': '\u221211',
};

function amounts({ item, currency }: Payment): Attempts {
	const limits = { mostPerPayment: `${currency} 10`, mostPerRun: `${currency} 10` };
	return Object.fromEntries(
		Object.entries(AMOUNTS).map(([name, amount]) => [
			`both caps, amount: ${name}`,
			{ limits, items: [item(amount)] },
		]),
	);
}

function currencies({ item, currency, parameters, withCurrency }: Payment): Attempts {
	if (!withCurrency) return {};
	const others: Record<string, string> = {
		'in full-width letters': [...currency]
			.map((one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0))
			.join(''),
		'with a letter that becomes another in capitals': currency.replace('S', '\u017f').replace('R', '\u0280'),
		'with a zero-width space': `${currency}\u200b`,
		'with a soft hyphen': `${currency.slice(0, 1)}\u00ad${currency.slice(1)}`,
		'with a comma': `${currency},XYZ`,
		'as a list': `={{ ['${currency}', 'XYZ'] }}`,
		'as an object': `={{ ({ value: '${currency}' }) }}`,
		'as a number': '={{ 1 }}',
		'as nothing': '={{ null }}',
		'as a text of a prototype': '={{ "__proto__" }}',
		'as a name of every object': '={{ "constructor" }}',
	};
	return Object.fromEntries(
		Object.entries(others).map(([name, other]) => [
			`the currency ${name}`,
			{
				limits: { mostPerPayment: `${currency} 10, XYZ 99999` },
				parameters: withCurrency(parameters(), other),
				items: [item('11')],
			},
		]),
	);
}

function recipients({ item, recipient, parameters, withRecipient }: Payment): Attempts {
	if (!withRecipient) return {};
	const unchecked = parameters({ skipRecipientCheck: true });
	const isDigits = /^\d+$/.test(recipient);
	const others: Record<string, [allowed: string, asked: string]> = {
		'with the memo of the list glued to it': [`${recipient}#7`, `${recipient}#7`],
		'with a zero-width space': [recipient, `${recipient}\u200b`],
		'with an escape of the web': [recipient, encodeURIComponent(`${recipient} `)],
		twice: [recipient, `${recipient} ${recipient}`],
		'as a list': [recipient, `={{ ['${recipient}', 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE'] }}`],
		'as an object': [recipient, `={{ ({ address: '${recipient}' }) }}`],
		'behind a scheme': [recipient, `tron:${recipient}`],
		'in letters of another alphabet': [recipient, recipient.replace('T', '\u0422').replace('4', '\uff14')],
		...(isDigits ? {} : { 'with another case at its end': [recipient, swapped(recipient)] }),
	};
	return Object.fromEntries(
		Object.entries(others).map(([name, [allowedRecipients, asked]]) => [
			`the recipient ${name}`,
			{ limits: { allowedRecipients }, parameters: withRecipient(unchecked, asked), items: [item('1')] },
		]),
	);
}

function swapped(text: string): string {
	const place = text.search(/[a-z][^a-z]*$/);
	return text.slice(0, place) + text.slice(place, place + 1).toUpperCase() + text.slice(place + 1);
}

/** The owner has written an expression into a limit, and the flow gives it what it wants. */
function expressions({ item, currency, recipient }: Payment): Attempts {
	const generous: IDataObject = {
		off: false,
		most: `${currency} 99999`,
		to: recipient,
		agents: 'within',
		custom: 'all',
	};
	const fields: Record<string, ICredentialDataDecryptedObject> = {
		'Payments Off': { paymentsOff: '={{ $json.off }}' },
		'Most per Payment': { mostPerPayment: '={{ $json.most }}' },
		'Most per Run': { mostPerRun: '={{ $json.most }}' },
		'Allowed Recipients': { allowedRecipients: '={{ $json.to }}' },
		'Approval From': { approvalFrom: '={{ $json.most }}' },
		'AI Agents': { aiAgents: '={{ $json.agents }}' },
		'Custom Requests': { customRequests: '={{ $json.custom }}' },
		'a limit without any data': { mostPerPayment: `={{ "${currency} 99999" }}` },
		'a limit that is empty': { mostPerPayment: '={{ "" }}' },
		'a limit from another node': { mostPerRun: `={{ $input.first().json.most }}` },
		'one limit of two': { mostPerPayment: `${currency} 99999`, mostPerRun: '={{ $json.most }}' },
	};
	const attempts: Attempts = {};
	for (const [name, limits] of Object.entries(fields)) {
		for (const count of [1, 3]) {
			const items = Array.from({ length: count }, (_one, index) => ({
				...item('11', index + 1),
				...generous,
			}));
			attempts[`an expression of the flow in ${name}, items: ${count}`] = { limits, items };
		}
	}
	return attempts;
}

function approvals({ item, currency, parameters }: Payment): Attempts {
	const limits = { approvalFrom: `${currency} 10` };
	const hashes: Record<string, unknown> = {
		'a list': ['a'],
		'an object': { approved: true },
		true: true,
		'a readable beginning without its hash': `1-recipient-10-${currency}-`,
		'a made-up hash': `1-recipient-10-${currency}-${'a'.repeat(64)}`,
		'a hash of nothing': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	};
	return Object.fromEntries(
		Object.entries(hashes).map(([name, hash]) => [
			`an approval that is ${name}`,
			{
				limits,
				parameters: parameters({ approvalHash: '={{ $json.hash }}' }),
				items: [{ ...item('10'), hash } as IDataObject],
			},
		]),
	);
}

function agents({ item, parameters }: Payment): Attempts {
	const options: Record<string, IDataObject> = {
		'the switch of the node': { allowAgents: "={{ $fromAI('allow', '', 'boolean', true) }}" },
		'the switch as a text': { allowAgents: 'true' },
		'the switch as a number': { allowAgents: 1 },
		'the switch in a list': { allowAgents: [true] },
		'no preview': { preview: "={{ $fromAI('preview', '', 'boolean', false) }}" },
	};
	const attempts: Attempts = {};
	for (const asTool of [true, 'byEngine'] as const) {
		for (const [name, given] of Object.entries(options)) {
			attempts[`an agent (${asTool}) that fills in ${name}`] = {
				limits: { aiAgents: 'within' },
				parameters: parameters(given),
				items: [item('1')],
				more: { asTool },
			};
		}
	}
	return attempts;
}

function requests({ currency, recipient, customPath }: Payment): Attempts {
	const limits = { mostPerPayment: `${currency} 10` };
	const send = { resource: 'customRequest', operation: 'send', path: customPath, query: {} };
	const paid = { amount: '1', currency, address: recipient };
	const form = { parameter: Object.entries(paid).map(([name, value]) => ({ name, value })) };
	const last = { paymentReference: 'custom-1', options: {} };
	const asked: Record<string, IDataObject> = {
		'as a form': { ...send, method: 'POST', bodyFormat: 'form', form },
		'with nothing in it': { ...send, method: 'POST', bodyFormat: 'json', body: '{}' },
		'with a list as its body': { ...send, method: 'POST', bodyFormat: 'json', body: JSON.stringify([paid]) },
		'with its content in the query': {
			...send,
			method: 'DELETE',
			query: form,
		},
		'with a method of the flow': { ...send, method: '={{ "POST" }}', bodyFormat: 'json', body: '{}' },
		'with a method in small letters': { ...send, method: '={{ "post" }}', bodyFormat: 'json', body: '{}' },
		'that calls itself a read': {
			...send,
			operation: '={{ "send" }}',
			method: 'POST',
			bodyFormat: 'json',
			body: '{}',
		},
		'that says another method in its query': {
			...send,
			operation: 'read',
			query: { parameter: [{ name: '_method', value: 'POST' }, ...form.parameter] },
		},
		'that overrides its method in its query': {
			...send,
			operation: 'read',
			query: { parameter: [{ name: 'X-HTTP-Method-Override', value: 'POST' }] },
		},
	};
	return Object.fromEntries(
		Object.entries(asked).map(([name, parameters]) => [
			`a custom request ${name}`,
			{ limits, parameters: { ...parameters, ...last } as never, items: [{}] },
		]),
	);
}
