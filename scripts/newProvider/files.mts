import { credentialFile } from './credentialFile.mts';
import { mapping } from './mapping.mts';
import { nodeFiles } from './nodeFiles.mts';
import { answerFiles } from './answerFiles.mts';
import type { Plan } from './plan.mts';
import { constantOf, type Row } from './rows.mts';
import { sandboxFiles } from './sandboxFiles.mts';

/** All files that are the new provider's own, by their paths in the project. */
export function filesOf(plan: Plan): Record<string, string> {
	const { names, contract } = plan;
	const folder = `nodes/${names.folder}`;
	const inFolder = {
		...nodeFiles(plan),
		...answerFiles(plan),
		...operationFiles(plan),
		'MAPPING.md': mapping(plan),
	};
	return {
		...Object.fromEntries(Object.entries(inFolder).map(([file, text]) => [`${folder}/${file}`, text])),
		[`credentials/${names.folder}Api.credentials.ts`]: credentialFile(plan),
		[`contracts/${names.file}.openapi.yaml`]: contract.text,
		[`test/contract/${names.name}.test.mts`]: contractTest(plan),
		...sandboxFiles(plan),
	};
}

function operationFiles({ rows }: Plan): Record<string, string> {
	return Object.fromEntries(
		rows.resources.map(([value, own]) => [`operations/${value}.ts`, operationFile(value, own)]),
	);
}

function operationFile(value: string, rows: Row[]): string {
	const label = value.charAt(0).toUpperCase() + value.slice(1).replace(/([A-Z])/g, ' $1');
	return `import type { Operation, Resource } from '../../../core/provider/operation';

${rows.map(constant).join('\n\n')}

export const ${constantOf(value)}: Resource = {
	name: '${label}',
	value: '${value}',
	operations: [${rows.map(constantName).join(', ')}],
};
`;
}

/** A resource and its operation may have the same name, and JavaScript has words of its own. */
const constantName = ({ value }: Row) => `${value}Row`;

function constant(row: Row): string {
	const note =
		row.endpoint.method === 'GET'
			? ''
			: '// Nobody has said yet what this does. Until a person writes its effect, it counts as money: see MAPPING.md.\n';
	return `${note}const ${constantName(row)}: Operation = ${JSON.stringify(row.members)};`;
}

function contractTest({ names, contract, rows }: Plan): string {
	const leftOut = contract.leftOut.map(({ id }) => id);
	const ownRule = rows.all.flatMap(({ ownRules }) => ownRules);
	return `import { ${names.name} } from '../../nodes/${names.folder}/provider.ts';
import { readContract } from './contract.mts';
import { describeRows } from './rows.mts';

${leftOut.length > 0 ? `/** No row can send these yet. MAPPING.md says why. */\nconst leftOut: readonly string[] = ${JSON.stringify(leftOut)};\n` : ''}
describeRows(${names.name}, readContract('${names.file}'), {
	covered: ${leftOut.length > 0 ? '({ operationId }) => !leftOut.includes(operationId)' : '() => true'},
	count: ${contract.endpoints.length},
	${ownRule.length > 0 ? `// No field has the form of these: MAPPING.md asks which fields a person needs.\nownRule: ${JSON.stringify(ownRule)},` : ''}
});
`;
}
