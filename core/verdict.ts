import type { HttpAnswer, Verdict } from './provider';

/** An answer that proves nothing: whether anything was carried out stays open. */
export function unclear(reason: string): Extract<Verdict, { state: 'unclear' }> {
	return { state: 'unclear', reason };
}

/** What came instead of an answer in the provider's form: a gateway's page, or nothing. Never quotes it. */
export function notJson({ status, text }: HttpAnswer, wanted = 'JSON'): string {
	const kind = text === '' ? 'nothing' : /^\s*</.test(text) ? 'a web page' : `text that is not ${wanted}`;
	return `it answered ${status} with ${kind}`;
}
