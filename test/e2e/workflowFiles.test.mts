import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeProperties } from 'n8n-workflow';

import { flowNames, workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { hostFolder } from '../../host/folders.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { catalogue } from '../catalogue.mts';

const OURS = 'n8n-nodes-otc-payouts.';
const NOTE = 'n8n-nodes-base.stickyNote';
const MOST_BYTES = 160_000;

const files = new Map<string, WorkflowFile>();
beforeAll(async () => {
	for (const name of await flowNames()) files.set(name, await workflowFile(name));
});

/** The complaints of all flows, one line for each flow with complaints. */
function complaints(about: (file: WorkflowFile, name: string) => string[]): string[] {
	return [...files].flatMap(([name, file]) => about(file, name).map((what) => `${name}: ${what}`));
}

const isNote = ({ type }: INode) => type === NOTE;
const ours = new Map(
	catalogue
		.flatMap(({ node, triggers }) => [node, ...triggers])
		.map(({ description }) => [`${OURS}${description.name}`, description.properties]),
);

describe('every flow in workflows/', () => {
	it('is there to be tested', () => expect(files.size).toBeGreaterThanOrEqual(12));

	it('is in docs/flows.md, with pictures that are not too large', () => {
		const docs = readFileSync('docs/flows.md', 'utf8');
		const wrong = complaints((_file, name) => {
			if (!docs.includes(`](../workflows/${name}.json)`)) return ['is not linked'];
			return [`flow-${name}.png`, `flow-${name}-dark.png`].flatMap((picture) => {
				if (!docs.includes(`="pictures/${picture}"`)) return [`${picture} is not shown`];
				const path = join('docs', 'pictures', picture);
				if (!existsSync(path)) return [`${picture} is not there`];
				const { size } = statSync(path);
				return size > MOST_BYTES ? [`${picture} has ${size} bytes`] : [];
			});
		});
		expect(wrong).toEqual([]);
	});

	it('has notes with headings that explain it', () => {
		const wrong = complaints(({ nodes }) => {
			const texts = nodes.filter(isNote).map(({ parameters }) => String(parameters.content));
			return texts.length > 0 && texts.every((text) => /^## .+\n/.test(text)) ? [] : ['is not explained'];
		});
		expect(wrong).toEqual([]);
	});

	it('names only node types that exist', () => {
		const known = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'].flatMap((name) => {
			const list = join(hostFolder, 'node_modules', name, 'dist', 'known', 'nodes.json');
			return Object.keys(JSON.parse(readFileSync(list, 'utf8'))).map((type) => `${name}.${type}`);
		});
		const types = new Set([...known, ...ours.keys()]);
		const wrong = complaints(({ nodes }) =>
			nodes.map(({ type }) => type).filter((type) => !types.has(type) && !types.has(asNode(type))),
		);
		expect(wrong).toEqual([]);
	});

	it('sets only parameters that its operation has', () => {
		expect(complaints(({ nodes }) => nodes.flatMap(strangers))).toEqual([]);
	});

	it('can be started by a person, if it is not for events alone', () => {
		const byHand = /\.(manualTrigger|formTrigger)$/;
		const wrong = complaints(({ nodes }) => (nodes.some(({ type }) => byHand.test(type)) ? [] : ['cannot']));
		expect(wrong).toEqual(['error-workflow: cannot', 'gate-pay-events: cannot']);
	});

	it('carries no id of a credential and no data of a run', () => {
		const wrong = complaints(({ nodes, pinData }) => [
			...(Object.keys(pinData ?? {}).length === 0 ? [] : ['has pinned data']),
			...nodes
				.flatMap(({ credentials = {} }) => Object.values(credentials))
				.filter(({ id }) => id !== 'choose-yours')
				.map(({ name }) => `has an id for ${name}`),
		]);
		expect(wrong).toEqual([]);
	});

	it('connects nodes that it has, and leaves none alone', () => {
		const wrong = complaints(({ nodes, connections }) => {
			const targets = Object.values(connections)
				.flatMap((kinds) => Object.values(kinds).flat())
				.flatMap((output) => output ?? [])
				.map(({ node }) => node);
			const names = nodes.map(({ name }) => name);
			const linked = new Set([...targets, ...Object.keys(connections)]);
			return [
				...[...linked].filter((name) => !names.includes(name)),
				...nodes.filter((node) => !isNote(node) && !linked.has(node.name)).map(({ name }) => name),
			];
		});
		expect(wrong).toEqual([]);
	});

	it('reports as every other payout flow does, from a ledger with the same columns', () => {
		const all = [...files.values()].flatMap(({ nodes }) => nodes);
		const ledgers = all.filter(({ parameters }) => parameters.tableName === 'Payout ledger');
		expect(ledgers.length).toBeGreaterThanOrEqual(7);
		expect(new Set(ledgers.map(({ parameters }) => JSON.stringify(parameters.columns))).size).toBe(1);
		// Only the first two lines differ: the name of the run, and its items.
		const bodies = all
			.map(({ parameters }) => String(parameters.jsonOutput))
			.filter((text) => text.includes("'accepted, not paid': ended"))
			.map((text) => text.split('\n').slice(3).join('\n'));
		expect(bodies.length).toBeGreaterThanOrEqual(4);
		expect(new Set(bodies).size).toBe(1);
	});

	it('runs from left to right, with nothing over anything else', () => {
		expect(complaints(({ nodes }) => overlaps(nodes))).toEqual([]);
		const wrong = complaints(({ nodes, connections }) => {
			const x = (name: string) => nodes.find((node) => node.name === name)?.position[0] ?? 0;
			return Object.entries(connections).flatMap(([from, { main = [] }]) =>
				main
					.flatMap((output) => output ?? [])
					.filter(({ node }) => x(node) <= x(from))
					.map(({ node }) => `${from} to ${node}`),
			);
		});
		expect(wrong).toEqual([]);
	});
});

/** The node that a tool of an agent is made of: n8n makes the tool, and the tool that a person reviews. */
function asNode(type: string): string {
	return type.replace(/(?:Hitl)?Tool$/, '');
}

/** What n8n adds to a tool, for the model. */
const TOOL_FIELDS = ['descriptionType', 'toolDescription'];

/** The parameters that the node's description does not have for this resource and operation. */
function strangers({ name, type, parameters }: INode): string[] {
	const properties = ours.get(asNode(type));
	if (!properties) return [];
	const fits = ({ displayOptions }: INodeProperties) =>
		['resource', 'operation'].every((key) => {
			const wanted = displayOptions?.show?.[key];
			return wanted === undefined || wanted.some((value) => value === parameters[key]);
		});
	const shown = properties.filter(fits);
	const names = shown.map((property) => property.name);
	const options = shown.find((property) => property.name === 'options')?.options ?? [];
	const given = typeof parameters.options === 'object' ? Object.keys(parameters.options ?? {}) : [];
	return [
		...Object.keys(parameters).filter(
			(key) => !names.includes(key) && !(type.endsWith('Tool') && TOOL_FIELDS.includes(key)),
		),
		...given.filter((key) => !options.some((option) => option.name === key)),
	].map((key) => `${name} sets ${key}`);
}

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** The space of a note, or of a node with the name under it. */
function boxOf({ name, type, position: [left, top], parameters }: INode): Box {
	const [width, height] =
		type === NOTE
			? [Number(parameters.width), Number(parameters.height)]
			: [96, type.endsWith('.switch') ? 150 : 130];
	return { name, left, top, right: left + width, bottom: top + height };
}

/** Nodes and notes that overlap. A note may lie behind a node only if the whole node is on it. */
function overlaps(nodes: INode[]): string[] {
	const boxes = nodes.map(boxOf);
	return boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter((other) => touch(one, other) && !holds(one, other) && !holds(other, one))
			.map((other) => `${one.name} and ${other.name}`),
	);
}

function touch(one: Box, other: Box): boolean {
	return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function holds(outer: Box, inner: Box): boolean {
	const isWithin = outer.left <= inner.left && outer.right >= inner.right;
	return isWithin && outer.top <= inner.top && outer.bottom >= inner.bottom;
}
