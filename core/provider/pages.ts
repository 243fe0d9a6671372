/** Where people read the pages of docs/. Credentials and the codex of the nodes lead there; a test holds them to it. */
export const PAGES = 'https://github.com/n8n-nodes-otc-payouts/n8n-nodes-otc-payouts/blob/main/docs';

/** From what a person sees to what to press. Every message about an unknown outcome names it. */
export const RUNBOOK = `${PAGES}/when-it-goes-wrong.md`;

/** Our page of a provider, e.g. `gate-pay`. */
export function providerPage(name: string): string {
	return `${PAGES}/providers/${name}.md`;
}
