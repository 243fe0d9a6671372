import type { Answer } from '../../../../sandbox/index.mts';
import type { Target } from '../cases/index.mts';
import { quietly, type Arrival, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';

const FORMS = [
	'other reference',
	'other amount',
	'nothing in it',
	'success and nothing else',
	'not successful',
	'status error',
	'code zero',
	'empty rows',
] as const;

interface Plan {
	form: (typeof FORMS)[number];
	nth: number;
	isApplied: boolean;
}

/** The answer to the send is about another object, or about none. */
export const otherAnswer: Kind = {
	name: 'other-answer',
	fits: () => true,
	plan(calm, random) {
		const plan = {
			form: random.pick(formsFor(calm.target)),
			nth: random.between(1, calm.items),
			isApplied: random.chance(0.3),
		};
		return { ...calm, anew: random.chance(0.2), twist: () => twistOf(plan) };
	},
};

function formsFor({ row, isAnswerUnknown }: Target): ReadonlyArray<Plan['form']> {
	// What a custom request returns is known to nobody: only a no can be told from a success.
	if (row.custom) return FORMS.filter(isNo);
	// The sandbox's answer to a conversion is made up. PayPlay may as well show the balance that was converted into, so
	// the ID of another balance contradicts nothing that a page promises.
	return isAnswerUnknown ? FORMS.filter((form) => form !== 'other reference') : FORMS;
}

function twistOf({ form, nth, isApplied }: Plan): Twist {
	const told = quietly();
	return {
		...told,
		async answer(arrival, alter) {
			const { role, serve, pretend } = arrival;
			if (role !== 'send' || arrival.nth !== nth) return await serve();
			const answer = isApplied && !isNo(form) ? await serve() : await pretend();
			if (answer.status >= 300) return answer;
			const other = isNo(form) ? undefined : otherBody(form, answer, arrival);
			if (isApplied && !isNo(form) && other === undefined) return answer;
			const no = isNo(form) ? form : 'not successful';
			// A provider that says no and does it all the same is beyond every client.
			alter(other === undefined ? 'refused' : 'spoiled');
			told.events.push(other === undefined ? no : form);
			return { ...answer, status: 200, body: other ?? bodyOf(no) };
		},
	};
}

type No = 'not successful' | 'status error';

function isNo(form: Plan['form']): form is No {
	return form === 'not successful' || form === 'status error';
}

function bodyOf(form: No): string {
	return form === 'status error'
		? '{"status":"error"}'
		: '{"success":false,"message":"Insufficient balance"}';
}

/** Undefined where the answer cannot take that form, or where its own form says no more. */
function otherBody(form: Plan['form'], { body }: Answer, { tag, request }: Arrival): string | undefined {
	const isBare = !/"(data|order|transactions?|wallet|id|\w*[iI]d)"\s*:\s*("[^"]|[\d[{])/.test(body);
	switch (form) {
		case 'other reference':
			return tag !== undefined && body.includes(tag) ? body.replaceAll(tag, anotherThan(tag)) : undefined;
		case 'other amount':
			return differing(body, withOtherAmount(body, `${request.url} ${request.body}`));
		case 'nothing in it':
			return isBare ? undefined : '{}';
		case 'success and nothing else':
			return isBare ? undefined : '{"success":true}';
		case 'code zero':
			return isBare ? undefined : '{"code":0}';
		default:
			return differing(body, body.replace(/\[\{.*\}\]/s, '[{}]'));
	}
}

const AMOUNT = /("\w*(?:amount|price|sum|value|total)\w*"\s*:\s*"?)(\d+(?:\.\d+)?)("?)/gi;

/** Another amount than the request asks for; what it does not ask for may be anything. */
function withOtherAmount(body: string, asked: string): string {
	// Digits of an ID or of a time are no amount.
	const amounts = (asked.match(/(?<![\w.-]|\d:)\d+(?:\.\d+)?(?![\w.:-])/g) ?? []).map(Number);
	return body.replace(AMOUNT, (whole, name: string, amount: string, end: string) =>
		amounts.includes(Number(amount)) ? `${name}999999${end}` : whole,
	);
}

const differing = (body: string, other: string) => (other === body ? undefined : other);

/** A reference that fits the same rules. */
function anotherThan(tag: string): string {
	return /^\d+$/.test(tag) ? String(Number(tag.slice(-8)) + 7) : `somebody_${tag.length}`;
}
