import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';

/** The text of every source file, by its path in the project. */
export type Sources = ReadonlyMap<string, string>;

/** What each file imports, types included; paths in the project. */
export type Graph = ReadonlyMap<string, readonly string[]>;

const PATTERN = '{index.ts,{bench,core,credentials,host,nodes,sandbox,scripts,test}/**/*.{ts,mts,mjs,js}}';
const ENDINGS = ['', '.ts', '/index.ts'];

/** All sources of the project in this folder. */
export function sourcesIn(folder: string): Sources {
	const files = globSync(PATTERN, { cwd: folder, exclude: ['**/node_modules'] }).sort();
	return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

export function graphOf(sources: Sources): Graph {
	return new Map([...sources].map(([file, text]) => [file, importsOf(file, text, sources)]));
}

/** An import that leads to none of the sources fails: an arrow that nobody sees would prove nothing. */
function importsOf(file: string, text: string, sources: Sources): string[] {
	const relative = ts
		.preProcessFile(text)
		.importedFiles.map(({ fileName }) => fileName)
		.filter((name) => name.startsWith('.'));
	const found = relative.map((name) => {
		const path = normalize(join(dirname(file), name));
		const target = ENDINGS.map((ending) => path + ending).find((one) => sources.has(one));
		if (target === undefined) throw new Error(`${file} imports ${name}, which is no source of the project.`);
		return target;
	});
	return [...new Set(found)];
}

/** The files that import each other in circles. Each list is one knot. */
export function knotsOf(graph: Graph): string[][] {
	const knots: string[][] = [];
	const place = new Map<string, number>();
	const lowest = new Map<string, number>();
	const open: string[] = [];
	// Tarjan's algorithm: a knot is closed at the file from which all of it was first reached.
	const visit = (file: string): number => {
		const own = place.size;
		place.set(file, own);
		lowest.set(file, own);
		open.push(file);
		for (const target of graph.get(file) ?? []) {
			const reached = place.has(target) ? (open.includes(target) ? lowest.get(target) : own) : visit(target);
			lowest.set(file, Math.min(lowest.get(file) ?? own, reached ?? own));
		}
		if (lowest.get(file) === own) {
			const knot = open.splice(open.indexOf(file));
			if (knot.length > 1 || graph.get(file)?.includes(file)) knots.push(knot.sort());
		}
		return lowest.get(file) ?? own;
	};
	for (const file of graph.keys()) if (!place.has(file)) visit(file);
	return knots;
}

/** The names that a file declares at its top level. */
export function topLevelNames(file: string, text: string): string[] {
	const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
	return statements.flatMap((statement) => {
		if (ts.isVariableStatement(statement))
			return statement.declarationList.declarations.flatMap(({ name }) =>
				ts.isIdentifier(name) ? [name.text] : [],
			);
		const isNamed =
			ts.isFunctionDeclaration(statement) ||
			ts.isClassDeclaration(statement) ||
			ts.isInterfaceDeclaration(statement) ||
			ts.isTypeAliasDeclaration(statement);
		return isNamed && statement.name ? [statement.name.text] : [];
	});
}
