import type { Clock } from '../clock';
import type { Sendable, Transmission } from '../provider/http';
import type { Operation } from '../provider/operation';
import type { Login, Send, Session } from '../provider/provider';
import { Refusal } from '../refusal';
import { redacted, withoutSecrets } from './secrets';

interface Held {
	opening: Promise<Session>;
	/** Set when the session is open. */
	session?: Session;
}

/** Sessions live in this process only. None is saved with an execution. */
const sessions = new Map<string, Held>();

/** The account's session. Calls at the same time share one login. A failed login is not kept. */
function sessionOf(login: Login, { now }: Pick<Clock, 'now'>, send: Send): Promise<Session> {
	const held = sessions.get(login.key);
	if (held && (held.session === undefined || held.session.expiresAt > now())) return held.opening;
	const fresh: Held = { opening: login.open(send) };
	sessions.set(login.key, fresh);
	fresh.opening.then(
		(session) => {
			fresh.session = session;
		},
		() => {
			if (sessions.get(login.key) === fresh) sessions.delete(login.key);
		},
	);
	return fresh.opening;
}

/** Drops a session that was refused. A session that another call has already renewed stays. */
function forget(login: Login, session: Session): void {
	if (sessions.get(login.key)?.session === session) sessions.delete(login.key);
}

/**
 * Sends a request with the account's session. If the provider refuses the request because of the session alone,
 * nothing was carried out. The request is then sent once more with a new session. Never throws: a request without a
 * session is reported as never sent.
 */
export async function sendInSession(
	login: Login,
	operation: Operation,
	request: Sendable,
	{ clock, send, open = send }: { clock: Pick<Clock, 'now'>; send: Send; open?: Send },
): Promise<Transmission> {
	for (let renewed = false; ; renewed = true) {
		const session = await sessionOf(login, clock, open).catch(notOpened);
		if ('state' in session) return session;
		const transmission = await send({ ...request, headers: { ...request.headers, ...session.headers } });
		if (transmission.state !== 'answered') return transmission;
		const { answer } = transmission;
		const isOver = login.isRefused(answer, operation);
		if (isOver || answer.status === 401) forget(login, session);
		if (renewed || !isOver) {
			const text = withoutSecrets(redacted(answer.text, session.secrets), session.secrets);
			return { state: 'answered', answer: { ...answer, text } };
		}
	}
}

function notOpened(cause: unknown): Transmission {
	if (!(cause instanceof Refusal)) return { state: 'never-sent', reason: 'the login could not be read' };
	const { message: reason, nextStep } = cause;
	return { state: 'never-sent', reason, ...(nextStep === undefined ? {} : { nextStep }) };
}
