import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { projectFolder } from '../../host/folders.mts';
import { catalogue } from '../catalogue.mts';

interface Form {
	body: { id?: string; attributes: { options?: string[] } }[];
}

const names = catalogue.map(({ provider }) => provider.displayName);

it.each([
	['payment.yml', names],
	['endpoint.yml', [...names, 'another one']],
])('the form %s offers every provider', (file, wanted) => {
	const text = readFileSync(join(projectFolder, '.github', 'ISSUE_TEMPLATE', file), 'utf8');
	const form: Form = parse(text);
	const offered = form.body.find(({ id }) => id === 'provider')?.attributes.options;
	expect(offered).toEqual(wanted);
});
