import { createHmac } from 'node:crypto';

import axios from 'axios';

import { linkSecret } from './environment.mts';
import type { Execution } from './executions.mts';

// n8n ignores an approval from a program (`isbot`) or from a link preview: mail scanners must not approve payments.
const BROWSER =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** The link in the message that a Send-and-Wait node sent: the path and the query are signed, the host is not. */
export function approvalLink(url: string, execution: Execution, approved: boolean): string {
	const link = new URL(
		`/webhook-waiting/${execution.id}/${encodeURIComponent(waitingNode(execution).id)}`,
		url,
	);
	link.searchParams.set('approved', String(approved));
	const signature = createHmac('sha256', linkSecret).update(`${link.pathname}${link.search}`).digest('hex');
	link.searchParams.set('signature', signature);
	return link.toString();
}

/** The address that lets a Wait node (On Webhook Call) go on, as `{{ $execution.resumeUrl }}` gives it. */
export function resumeLink(url: string, execution: Execution): string {
	const link = new URL(`/webhook-waiting/${execution.id}`, url);
	if (execution.data.resumeToken) link.searchParams.set('signature', execution.data.resumeToken);
	return link.toString();
}

/** Does what a person's click does. Gives back the page that the person sees. */
export async function openLink(link: string): Promise<string> {
	const page = await axios.get<string>(link, {
		proxy: false,
		responseType: 'text',
		headers: { 'User-Agent': BROWSER },
	});
	return page.data;
}

/** Fills in the form behind a link that a Send-and-Wait node sent; the values in the order of its fields. */
export async function submitForm(link: string, values: (string | File)[]): Promise<void> {
	const form = new FormData();
	for (const [index, value] of values.entries()) form.append(`field-${index}`, value);
	const answer = await fetch(link, { method: 'POST', body: form, headers: { 'User-Agent': BROWSER } });
	if (!answer.ok) throw new Error(`The form was not taken: ${answer.status} ${await answer.text()}`);
}

function waitingNode(execution: Execution) {
	const name = execution.data.resultData.lastNodeExecuted;
	const node = execution.workflowData.nodes.find((candidate) => candidate.name === name);
	if (execution.status !== 'waiting' || !node) {
		throw new Error(`Execution ${execution.id} is ${execution.status}: nobody is asked to approve anything.`);
	}
	return node;
}
