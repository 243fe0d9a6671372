import type { ServerResponse } from 'node:http';

import type { FaultPlan, ServerFault } from './faults.mts';
import type { Answer } from './provider.mts';
import type { Timers } from './scheduler.mts';

/** Answers of a gateway before the provider. The provider may never have seen the request. */
type AnswerFault = 'unauthorized' | 'redirect' | 'too-many-requests' | 'bad-gateway' | 'ok-but-wrong';
type AnswerFaultPlan = FaultPlan<AnswerFault>;

const HOLD_SECONDS = 3600;
const DRIP_PAUSE_SECONDS = 5;
const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

function isAnswerFault(plan: FaultPlan<ServerFault>): plan is AnswerFaultPlan {
	const kinds = ['unauthorized', 'redirect', 'too-many-requests', 'bad-gateway', 'ok-but-wrong'];
	return kinds.includes(plan.kind);
}

/** Whether the provider applies the request before the fault happens. */
export function appliesFirst(plan: FaultPlan<ServerFault>): boolean {
	if (isAnswerFault(plan)) return plan.applied === true;
	return plan.kind !== 'reset-before-reading' && plan.kind !== 'timeout-before-applying';
}

function typeOf(answer: Answer | undefined): Record<string, string> {
	return answer?.type ? { 'Content-Type': answer.type } : JSON_TYPE;
}

/** Sends the provider's answer unchanged. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
	response.writeHead(answer.status, { ...typeOf(answer), 'Content-Length': Buffer.byteLength(answer.body) });
	response.end(answer.body);
}

/** Spoils the answer as planned. `answer` is given when the provider applied the request first. */
export function spoil(
	response: ServerResponse,
	plan: FaultPlan<ServerFault>,
	answer: Answer | undefined,
	refusal: () => string,
	timers: Timers,
): void {
	if (isAnswerFault(plan)) return answerInstead(response, plan, refusal);
	switch (plan.kind) {
		case 'reset-before-reading':
		case 'reset-after-applying':
			return reset(response);
		case 'timeout-before-applying':
		case 'timeout-after-applying':
			return hold(response, plan.seconds ?? HOLD_SECONDS, timers);
		case 'half-a-body':
			return sendHalf(response, answer);
		case 'slow-drip':
			return drip(response, answer, plan.seconds ?? DRIP_PAUSE_SECONDS, timers);
	}
}

function reset(response: ServerResponse): void {
	response.socket?.resetAndDestroy();
}

function hold(response: ServerResponse, seconds: number, timers: Timers): void {
	const release = timers.after(seconds * 1000, () => response.socket?.destroy());
	response.on('close', release);
}

function sendHalf(response: ServerResponse, answer: Answer | undefined): void {
	const body = Buffer.from(answer?.body ?? '');
	response.writeHead(answer?.status ?? 200, { ...typeOf(answer), 'Content-Length': body.length });
	response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroySoon());
}

function drip(
	response: ServerResponse,
	answer: Answer | undefined,
	pauseSeconds: number,
	timers: Timers,
): void {
	const body = Buffer.from(answer?.body ?? '');
	response.writeHead(answer?.status ?? 200, { ...typeOf(answer), 'Content-Length': body.length });
	let sent = 0;
	let release = () => {};
	const next = () => {
		if (sent === body.length) return void response.end();
		response.write(body.subarray(sent, sent + 1));
		sent += 1;
		release = timers.after(pauseSeconds * 1000, next);
	};
	release = timers.after(pauseSeconds * 1000, next);
	response.on('close', () => release());
}

function answerInstead(response: ServerResponse, plan: AnswerFaultPlan, refusal: () => string): void {
	switch (plan.kind) {
		case 'unauthorized':
			return send(response, plan.status ?? 401, HTML, page('401 Unauthorized'));
		case 'redirect': {
			const location = plan.location ?? 'https://elsewhere.sandbox.invalid/';
			return send(response, plan.status ?? 307, { ...HTML, Location: location }, page('Moved'));
		}
		case 'too-many-requests': {
			const wait = plan.retryAfter === undefined ? 1 : plan.retryAfter;
			const headers: Record<string, string> = { ...HTML };
			if (wait !== null) headers['Retry-After'] = String(wait);
			return send(response, plan.status ?? 429, headers, page('429 Too Many Requests'));
		}
		case 'bad-gateway': {
			const status = plan.status ?? 502;
			return send(
				response,
				status,
				HTML,
				page(status === 503 ? '503 Service Unavailable' : `${status} Bad Gateway`),
			);
		}
		case 'ok-but-wrong':
			if (plan.body === 'refusal') return send(response, 200, JSON_TYPE, refusal());
			return send(response, plan.status ?? 200, HTML, page('Welcome'));
	}
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
	response.writeHead(status, headers);
	response.end(body);
}

function page(title: string): string {
	return `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><hr>gateway</body></html>`;
}
