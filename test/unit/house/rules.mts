import ts from 'typescript';

import { knotsOf, type Graph, type Sources } from './sources.mts';

/** The floors of core/ from the ground up, each with its rooms. A room imports itself and the floors under it, no other. */
export const FLOORS: readonly (readonly string[])[] = [
	['exact', 'clock.ts', 'refusal.ts'],
	['recipients'],
	['provider'],
	['limits'],
	['wire'],
	['fields'],
	['items'],
	['reads', 'events'],
	['money'],
	['executor.ts'],
];

/** The floors of the house. What is published stands on core/, what tests it on sandbox/ and host/. */
const HOUSE: readonly (readonly string[])[] = [
	['core', 'sandbox', 'host'],
	['nodes'],
	['credentials'],
	['parts.ts'],
	['index.ts'],
	['scripts'],
	['test'],
	['bench'],
];

const PUBLISHED = ['core', 'nodes', 'credentials', 'parts.ts', 'index.ts'];
const TRANSPORT = 'core/wire/transport.ts';
/** n8n's helpers that send a request. `request` has other meanings too, so only a member of `helpers` counts. */
const SENDS = /^(httpRequest|requestWithAuthentication|requestOAuth)/;

/** Returns what breaks the rule. Empty: it holds. */
export type Rule = (graph: Graph, sources: Sources) => string[];

export const rules: Readonly<Record<string, Rule>> = {
	'no circle, types included': (graph) => knotsOf(graph).map((knot) => knot.join(' <-> ')),
	'core/ is one way down its floors': (graph) =>
		arrows(graph)
			.filter(([from, to]) => bothIn('core', from, to) && isUpward(FLOORS, roomOf(from), roomOf(to)))
			.map(written),
	'the house is one way down its floors': (graph) =>
		arrows(graph)
			.filter(([from, to]) => isUpward(HOUSE, partOf(from), partOf(to)))
			.map(written),
	'a provider imports core/ and itself, no other provider': (graph) =>
		arrows(graph)
			.filter(([from, to]) => isForeign(from, to))
			.map(written),
	'sandbox and product share nothing but the contracts': (graph) =>
		arrows(graph)
			.filter((ends) => ends.some((end) => partOf(end) === 'sandbox'))
			.filter((ends) => ends.some((end) => PUBLISHED.includes(partOf(end))))
			.map(written),
	"one caller of n8n's HTTP helpers": (_, sources) =>
		[...sources]
			.filter(([file]) => PUBLISHED.includes(partOf(file)) && file !== TRANSPORT)
			.filter(([file, text]) => callsHelpers(file, text))
			.map(([file]) => file),
};

type Arrow = readonly [from: string, to: string];

export function arrows(graph: Graph): Arrow[] {
	return [...graph].flatMap(([from, targets]) => targets.map((to): Arrow => [from, to]));
}

const written = ([from, to]: Arrow) => `${from} -> ${to}`;
/** A provider's parts.ts names its node and its credential, so it stands above both. */
const partOf = (file: string) =>
	/^nodes\/\w+\/parts\.ts$/.test(file) ? 'parts.ts' : (file.split('/')[0] ?? '');
/** The folder in core/, or the file that stands in none. */
export const roomOf = (file: string) => file.split('/')[1] ?? '';
const bothIn = (part: string, ...files: string[]) => files.every((file) => partOf(file) === part);

/** A room that stands on no floor may import and be imported by nobody: it has to get its floor first. */
export function isUpward(floors: readonly (readonly string[])[], from: string, to: string): boolean {
	if (from === to) return false;
	const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));
	return floorOf(to) === -1 || floorOf(from) <= floorOf(to);
}

/** A provider's own files: its folder in nodes/ and its credential. */
function providerOf(file: string): string | undefined {
	return /^(?:nodes\/(\w+)\/|credentials\/(\w+)Api\.)/
		.exec(file)
		?.slice(1)
		.find((name) => name !== undefined);
}

function isForeign(from: string, to: string): boolean {
	const own = providerOf(from);
	return own !== undefined && partOf(to) !== 'core' && providerOf(to) !== own;
}

/** Whether the text names a helper that sends, or takes all helpers out of the context, where the guard loses sight of them. */
function callsHelpers(file: string, text: string): boolean {
	const visit = (node: ts.Node): boolean => {
		if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) {
			if (SENDS.test(node.text)) return true;
			if (node.text === 'helpers' && !isSafeMember(node)) return true;
		}
		return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
	};
	return visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
}

/** Whether it is `context.helpers.something`, and not the old `request`. */
function isSafeMember(helpers: ts.Node): boolean {
	const member = helpers.parent?.parent;
	return (
		ts.isPropertyAccessExpression(helpers.parent) &&
		ts.isPropertyAccessExpression(member) &&
		member.expression === helpers.parent &&
		member.name.text !== 'request'
	);
}
