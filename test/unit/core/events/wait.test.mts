import { isNews, isWait, parsed, quotedText, type Wait } from '../../../../core/events/wait.ts';

const wait: Wait = {
	about: { id: 'o-1' },
	kinds: null,
	since: null,
	until: 'change',
	known: ['made'],
	form: 'simplified',
	head: {},
};
const waitWith = (change: Partial<Wait>): Wait => Object.assign({ ...wait }, change);
const event = { eventId: 'paid', kind: 'order', final: false, updatedAt: '2026-11-20T10:00:00Z' };

describe('a sleeping execution is woken', () => {
	it.each<[string, Partial<Wait>, object]>([
		['by any change', {}, {}],
		['by the last state, where it waits for that', { until: 'final' }, { final: true }],
		['by a record of a kind that counts', { kinds: ['refund', 'order'] }, {}],
		['by what happened after its beginning', { since: Date.parse('2026-11-20T09:59:59Z') }, {}],
		['by what happened at its beginning', { since: Date.parse('2026-11-20T10:00:00Z') }, {}],
		['by a warning, which has no time', { since: Date.now() }, { updatedAt: undefined }],
	])('%s', (_what, change, told) => {
		expect(isNews(waitWith(change), { ...event, ...told })).toBe(true);
	});
});

describe('a sleeping execution sleeps on', () => {
	it.each<[string, Partial<Wait>, object]>([
		['after a state that is not final', { until: 'final' }, {}],
		['after a final that is a text', { until: 'final' }, { final: 'true' }],
		['after a record of another kind', { kinds: ['refund'] }, {}],
		['after what happened before it began', { since: Date.parse('2026-11-20T10:00:01Z') }, {}],
		[
			'after what was made before it began and has no update',
			{ since: Date.parse('2026-11-20T10:00:01Z') },
			{ updatedAt: null, createdAt: '2026-11-20T10:00:00Z' },
		],
		['after the state that it has seen already', { known: ['made', 'paid'] }, {}],
	])('%s', (_what, change, told) => {
		expect(isNews(waitWith(change), { ...event, ...told })).toBe(false);
	});
});

describe('what is held for a sleep', () => {
	it.each<[string, unknown, boolean]>([
		['a whole wait', wait, true],
		['nothing', undefined, false],
		['a list', [], false],
		['a wait without its order', { ...wait, about: undefined }, false],
		['a wait without what is known', { ...wait, known: 'made' }, false],
		['a wait without its head', { ...wait, head: null }, false],
	])('%s', (_what, held, is) => expect(isWait(held)).toBe(is));

	it('is read by an expression, with the braces of a name escaped', () => {
		const asked: string[] = [];
		const evaluateExpression = (expression: string) => {
			asked.push(expression);
			return JSON.stringify(wait);
		};
		expect(parsed({ evaluateExpression }, `$node[${quotedText('Pay "{{ 1 }}"')}]`)).toEqual(wait);
		expect(asked).toEqual(['{{ JSON.stringify($node["Pay \\"\\u007b\\u007b 1 \\u007d\\u007d\\""]) }}']);
	});

	it.each<[string, () => unknown]>([
		[
			'an expression that cannot be evaluated',
			() => {
				throw new Error('no such node');
			},
		],
		['nothing', () => undefined],
		['a text that is no JSON', () => 'undefined'],
	])('is nothing after %s', (_what, answer) => {
		const evaluateExpression = () => answer() as string;
		expect(parsed({ evaluateExpression }, '$node')).toBeUndefined();
	});
});
