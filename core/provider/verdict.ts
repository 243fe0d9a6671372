import type { HttpAnswer } from './http';
import type { Verdict } from './provider';

/** An answer that proves nothing: whether anything was carried out stays open. */
export function unclear(reason: string): Extract<Verdict, { state: 'unclear' }> {
	return { state: 'unclear', reason };
}

/** Time-outs, limits and outages: a gateway may have spoken instead of the provider, and nothing is proven. */
export function isUnclearStatus(status: number): boolean {
	return status === 408 || status === 429 || status >= 500;
}

/** The same where a provider writes an HTTP status as its code. */
export function isUnclearCode(code: string): boolean {
	return /^[45]\d\d$/.test(code) && isUnclearStatus(Number(code));
}

/** What came instead of an answer in the provider's form: a gateway's page, or nothing. Never quotes it. */
export function notJson({ status, text }: HttpAnswer, wanted = 'JSON'): string {
	const kind = text === '' ? 'nothing' : /^\s*</.test(text) ? 'a web page' : `text that is not ${wanted}`;
	return `it answered ${status} with ${kind}`;
}
