import { parseDecimal } from '../../../../core/exact/decimal.ts';
import { judgeRun, refusalOf, type RunAsked } from '../../../../core/limits/judge.ts';
import { limitsOf } from '../../../../core/limits/limits.ts';
import type { Moved } from '../../../../core/limits/moved.ts';

const payout = { name: 'Create', effect: 'money' } as const;

function sums(...texts: string[]): Moved {
	const payments = texts.map((text) => {
		const [amount = '', currency = ''] = text.split(' ');
		return { amount: parseDecimal(amount) ?? { units: 0n, scale: 0 }, currency };
	});
	return { payments, recipients: texts.map(() => 'T1') };
}

function verdicts(given: Record<string, unknown>, requests: Moved[], more: Partial<RunAsked> = {}): string[] {
	const asked: RunAsked = { operation: payout, byAgent: false, requests, ...more };
	return judgeRun(limitsOf(given as never), asked).map((one) =>
		one.state === 'would_send' ? one.state : `${one.state}: ${one.rule}`,
	);
}

describe('the verdict', () => {
	it.each([
		[{}, ['5 USDT'], 'would_send'],
		[{ mostPerPayment: 'USDT 5' }, ['5 USDT'], 'would_send'],
		[{ mostPerPayment: 'USDT 5' }, ['5.000000000000000001 USDT'], 'blocked: Most per Payment'],
		[{ mostPerPayment: 'USDT 5' }, ['0.01 EUR'], 'blocked: Most per Payment'],
		[{ mostPerPayment: 'USDT 5' }, ['3 USDT', '3 USDT'], 'would_send'],
		[{ mostPerRun: 'USDT 5' }, ['3 USDT', '3 USDT'], 'blocked: Most per Run'],
		[{ mostPerRun: 'USDT 5' }, ['3 USDT', '3 EUR'], 'blocked: Most per Run'],
		[{ mostPerRun: 'USDT 5', mostPerPayment: 'USDT 1, EUR 1' }, ['1 EUR'], 'blocked: Most per Run'],
		[{ mostPerPayment: 'USDT 0' }, ['0.1 USDT'], 'blocked: Most per Payment'],
		[{ approvalFrom: 'USDT 5' }, ['4.99 USDT'], 'would_send'],
		[{ approvalFrom: 'USDT 5' }, ['5 USDT'], 'needs_approval: Approval From'],
		[{ approvalFrom: 'USDT 5' }, ['3 USDT', '3 USDT'], 'needs_approval: Approval From'],
		[{ approvalFrom: 'USDT 5' }, ['0.1 EUR'], 'needs_approval: Approval From'],
		[{ approvalFrom: 'USDT 1', mostPerPayment: 'USDT 5' }, ['6 USDT'], 'blocked: Most per Payment'],
		[{ allowedRecipients: 'T1' }, ['6 USDT'], 'would_send'],
		[{ allowedRecipients: 'T2' }, ['6 USDT'], 'blocked: Allowed Recipients'],
		[{ paymentsOff: true, mostPerPayment: 'USDT 9' }, ['6 USDT'], 'blocked: Payments Off'],
		[{ mostPerPayment: 'USDT 1e9' }, ['6 USDT'], 'blocked: Most per Payment'],
	])('%j, %j: %s', (given, payments, verdict) =>
		expect(verdicts(given, [sums(...payments)])).toEqual([verdict]),
	);

	it.each([
		['1 USD', 'USDTTRC20', 'USD 99, USDT 10', 'blocked'],
		['1 TON', 'USDTTON', 'TON 99, USDT 10', 'blocked'],
		['1 ARB', 'ARBUSDT', 'ARB 99, USDT 10', 'blocked'],
		['1 USDT', 'USDTTRC20', 'USD 99, USDT 10', 'would_send'],
		['1 USDT', 'ARBUSDT', 'USDT 10', 'would_send'],
		['1 BTC', 'BTC', 'BTC 2, USDT 10', 'would_send'],
	])(
		'lets no second name of the currency mean another limit: %s as %s with %s',
		(sum, alsoNamed, most, state) => {
			const named = (one: Moved): Moved => ({
				...one,
				payments:
					typeof one.payments === 'string'
						? one.payments
						: one.payments.map((own) => ({ ...own, alsoNamed })),
			});
			const run = [named(sums(sum))];
			for (const limit of ['mostPerPayment', 'mostPerRun'])
				expect(verdicts({ [limit]: most }, run)[0]).toMatch(new RegExp(`^${state}`));
			const approved = verdicts({ approvalFrom: most }, run)[0];
			expect(approved).toBe(state === 'blocked' ? 'needs_approval: Approval From' : 'would_send');
		},
	);

	it('lets no limit count that an expression makes', () => {
		const limits = { ...limitsOf({ mostPerPayment: 'USDT 99' }), byExpression: 'Most per Payment' };
		const run = { operation: payout, byAgent: false, requests: [sums('1 USDT')] };
		const [verdict] = judgeRun(limits, run);
		expect(verdict).toMatchObject({ state: 'blocked', rule: 'Most per Payment' });
		expect(verdict).toHaveProperty(
			'reason',
			'Most per Payment in the credential is an expression, so a flow could set it, and nothing that changes or pays something is sent',
		);
		expect(judgeRun(limits, { ...run, operation: { name: 'Get', effect: 'read' } })).toEqual([
			{ state: 'would_send' },
		]);
	});

	it('counts all requests of a run together, and blocks each of them', () => {
		const run = [sums('3 USDT'), sums('3 USDT')];
		expect(verdicts({ mostPerRun: 'USDT 5' }, run)).toEqual(Array(2).fill('blocked: Most per Run'));
		expect(verdicts({ mostPerRun: 'USDT 6' }, run)).toEqual(Array(2).fill('would_send'));
	});

	it('blocks one payment above its limit, and not the others', () => {
		const run = [sums('3 USDT'), sums('9 USDT')];
		expect(verdicts({ mostPerPayment: 'USDT 5' }, run)).toEqual(['would_send', 'blocked: Most per Payment']);
	});

	it.each([
		[{ mostPerPayment: 'USDT 5' }, 'blocked: Most per Payment'],
		[{ mostPerRun: 'USDT 5' }, 'blocked: Most per Run'],
		[{ approvalFrom: 'USDT 5' }, 'needs_approval: Approval From'],
		[{ allowedRecipients: 'T1' }, 'blocked: Allowed Recipients'],
	])('what the request does not say is too much for %j', (given, verdict) => {
		const silent: Moved = { payments: 'it does not say', recipients: 'it names nobody' };
		expect(verdicts(given, [silent])).toEqual([verdict]);
	});

	it.each([
		[{}, false, 'would_send'],
		[{}, true, 'blocked: AI Agents'],
		[{ aiAgents: 'within' }, true, 'would_send'],
		[{ aiAgents: 'approval' }, true, 'needs_approval: AI Agents'],
		[{ aiAgents: 'approval' }, false, 'would_send'],
		[{ aiAgents: 'approval', mostPerPayment: 'USDT 1' }, true, 'blocked: Most per Payment'],
	])('an agent: %j, %s, %s', (given, byAgent, verdict) =>
		expect(verdicts(given, [sums('6 USDT')], { byAgent })).toEqual([verdict]),
	);

	it.each([
		[{}, false, 'would_send'],
		[{ mostPerPayment: 'USDT 5' }, false, 'blocked: Custom Requests'],
		[{ mostPerPayment: 'USDT 5', customRequests: 'all' }, false, 'would_send'],
		[
			{ mostPerPayment: 'USDT 5', customRequests: 'all', aiAgents: 'within' },
			true,
			'blocked: Custom Requests',
		],
		[{ paymentsOff: true, customRequests: 'all' }, false, 'blocked: Payments Off'],
		[{ approvalFrom: 'USDT 5', customRequests: 'all' }, false, 'needs_approval: Approval From'],
	])('a custom request: %j, %s, %s', (given, byAgent, verdict) => {
		const operation = { ...payout, custom: true } as const;
		const silent: Moved = { payments: 'it does not say', recipients: 'it names nobody' };
		expect(verdicts(given, [silent], { operation, byAgent })).toEqual([verdict]);
	});

	it('leaves reads alone, and writes but for Payments Off and agents', () => {
		const write = { name: 'Create Order', effect: 'write' } as const;
		const read = { name: 'Get', effect: 'read' } as const;
		const all = { paymentsOff: true, mostPerPayment: 'x', allowedRecipients: 'T9' };
		expect(verdicts(all, [sums('6 USDT')], { operation: read, byAgent: true })).toEqual(['would_send']);
		expect(verdicts({ paymentsOff: true }, [sums()], { operation: write })).toEqual([
			'blocked: Payments Off',
		]);
		expect(verdicts({ mostPerPayment: 'USDT 1' }, [sums()], { operation: write })).toEqual(['would_send']);
		expect(verdicts({}, [sums()], { operation: write, byAgent: true })).toEqual(['blocked: AI Agents']);
	});

	it('asks for one approval of a whole mass payment', () => {
		const operation = { ...payout, does: { packs: {} as never } };
		const run = [sums('3 USDT'), sums('3 USDT')];
		const given = { approvalFrom: 'USDT 5' };
		expect(verdicts(given, run, { operation })).toEqual(Array(2).fill('needs_approval: Approval From'));
		expect(verdicts(given, run)).toEqual(Array(2).fill('would_send'));
	});

	it('a cap wins over an approval', () => {
		const [verdict] = judgeRun(limitsOf({ mostPerPayment: 'USDT 5', approvalFrom: 'USDT 1' }), {
			operation: payout,
			byAgent: false,
			requests: [sums('6 USDT')],
		});
		expect(verdict && refusalOf(verdict, true)?.message).toContain('Most per Payment');
	});

	it('names no value of a limit', () => {
		const given = { mostPerPayment: 'USDT 777, EUR 888', approvalFrom: 'USDT 666', mostPerRun: 'USDT 999' };
		for (const sum of ['1000 USDT', '778 USDT', '700 USDT', '5 XRP']) {
			const [verdict] = judgeRun(limitsOf(given), {
				operation: payout,
				byAgent: false,
				requests: [sums(sum)],
			});
			expect(JSON.stringify(verdict)).not.toMatch(/777|888|666|999/);
		}
	});
});
