import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

import { projectFolder } from '../../host/folders.mts';

/** The given sources and every source that they import, directly or not: sorted paths in the project. */
export async function reachedFrom(files: string[]): Promise<string[]> {
	const found = new Set<string>();
	const waiting = [...files];
	for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
		if (found.has(file)) continue;
		found.add(file);
		const { importedFiles } = ts.preProcessFile(await readFile(join(projectFolder, file), 'utf8'));
		const own = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
		for (const name of own) waiting.push(join(file, '..', `${name}.ts`));
	}
	return [...found].sort();
}
