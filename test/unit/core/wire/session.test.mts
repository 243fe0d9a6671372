import type { Operation } from '../../../../core/provider/operation.ts';
import { Refusal } from '../../../../core/refusal.ts';
import { sendInSession } from '../../../../core/wire/session.ts';
import { type Login, type Session } from '../../../../core/provider/provider.ts';
import type { Sendable, Transmission } from '../../../../core/provider/http.ts';

const operation: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create',
	description: 'Create',
	request: 'POST /v1/payments',
	effect: 'money',
	docs: 'https://docs.example',
	returns: {},
};
const request: Sendable = {
	method: 'POST',
	url: 'https://api.example/v1/payments',
	headers: { Accept: 'a' },
};
const answered = (status: number, text = '{}'): Transmission => ({
	state: 'answered',
	answer: { status, headers: {}, text },
});

let accounts = 0;

/** A server that accepts only the newest token, and a clock that stands still. */
function world() {
	const done = { logins: 0, sent: new Array<Record<string, string>>(), time: 0, valid: '', refuseAll: false };
	const login: Login = {
		key: `test ${(accounts += 1)}`,
		open: async () => {
			done.logins += 1;
			await new Promise((resolve) => setImmediate(resolve));
			done.valid = `token-${done.logins}`;
			const session: Session = {
				headers: { Authorization: `Bearer ${done.valid}` },
				secrets: [done.valid],
				expiresAt: done.time + 1000,
			};
			return session;
		},
		isRefused: ({ status, text }) => status === 401 && text === 'over',
	};
	const send = (one: Sendable) => {
		done.sent.push(one.headers);
		const isValid = one.headers.Authorization === `Bearer ${done.valid}` && !done.refuseAll;
		return Promise.resolve(isValid ? answered(200) : answered(401, 'over'));
	};
	const clock = { now: () => done.time };
	return {
		done,
		login,
		send,
		run: (by = send) => sendInSession(login, operation, request, { clock, send: by }),
	};
}

it('logs in once for calls at the same time, and keeps the session until it ends', async () => {
	const { done, run } = world();
	await Promise.all([run(), run(), run()]);
	await run();
	expect(done.logins).toBe(1);
	done.time = 1000;
	await run();
	expect(done.logins).toBe(2);
});

it('adds the headers to a copy of the request', async () => {
	const { done, run } = world();
	await run();
	expect(done.sent).toEqual([{ Accept: 'a', Authorization: 'Bearer token-1' }]);
	expect(request.headers).toEqual({ Accept: 'a' });
});

it('renews a refused session and sends once more', async () => {
	const { done, run } = world();
	await run();
	done.valid = 'revoked';
	expect(await run()).toEqual(answered(200));
	expect([done.logins, done.sent.length]).toEqual([2, 3]);
});

it('renews once, not for ever', async () => {
	const { done, run } = world();
	done.refuseAll = true;
	expect(await run()).toEqual(answered(401, 'over'));
	expect([done.logins, done.sent.length]).toEqual([2, 2]);
});

it('renews for the next call, but does not send again, after a 401 that proves nothing', async () => {
	const { done, run, send } = world();
	let sends = 0;
	const gateway = () => {
		sends += 1;
		return Promise.resolve(answered(401, '<html>'));
	};
	expect(await run(gateway)).toEqual(answered(401, '<html>'));
	expect(sends).toBe(1);
	await run(send);
	expect(done.logins).toBe(2);
});

it('never sends without a session, says why, and tries again the next time', async () => {
	const { done, login, run } = world();
	const { open } = login;
	login.open = () => Promise.reject(new Refusal('the login was refused', 'Check the key'));
	expect(await run()).toEqual({
		state: 'never-sent',
		reason: 'the login was refused',
		nextStep: 'Check the key',
	});
	login.open = () => Promise.reject(new TypeError('token abc'));
	expect(await run()).toEqual({ state: 'never-sent', reason: 'the login could not be read' });
	login.open = open;
	expect(await run()).toEqual(answered(200));
	expect(done.sent).toHaveLength(1);
});

it('hides the token in an answer that repeats it', async () => {
	const { run } = world();
	const echo = (one: Sendable) => Promise.resolve(answered(400, `bad ${one.headers.Authorization}`));
	expect(await run(echo)).toEqual(answered(400, 'bad Bearer [hidden]'));
});
