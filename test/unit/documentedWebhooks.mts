import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The notifications that a contract documents. The rest of the file is not parsed, because that takes seconds. */
export function documentedWebhooks(contract: string) {
	const text = readFileSync(`contracts/${contract}.openapi.yaml`, 'utf8');
	const [, section] = /^(webhooks:\n(?:[ \n].*\n?|\n)*)/m.exec(text) ?? [];
	if (section === undefined) throw new Error(`No webhooks in the contract ${contract}`);
	return parse(section).webhooks;
}
