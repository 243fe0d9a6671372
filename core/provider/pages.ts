/**
 * Where people read the pages of docs/. Credentials and the codex of the nodes lead there. n8n's lint wants the address
 * of a credential as a literal, so a test holds both to this one.
 */
export const DOCS = 'https://github.com/_not_set_/n8n-nodes-otc-payouts/blob/main/docs';

/** From what a person sees to what to press. Every message about an unknown outcome names it. */
export const RUNBOOK = `${DOCS}/when-it-goes-wrong.md`;
