import * as n8nWorkflow from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { isRecord } from '../../../core/exact/json.ts';

const copies = new Map<string, Copy>();

interface Copy {
	node: INodeType;
	clock: object;
}

/**
 * A node as another process has it. Its modules are loaded again and remember nothing of this process. n8n's own modules
 * and the clock are the same.
 */
export async function nodeOfNewProcess(folder: string): Promise<INodeType> {
	const copy = copies.get(folder) ?? (await copyOf(folder));
	copies.set(folder, copy);
	Object.assign(copy.clock, clock);
	return copy.node;
}

async function copyOf(folder: string): Promise<Copy> {
	const [nodes, clocks] = await loadedAnew(
		`../../../nodes/${folder}/${folder}.node.ts`,
		'../../../core/clock.ts',
	);
	const Node: unknown = isRecord(nodes) ? nodes[folder] : undefined;
	const node: unknown = typeof Node === 'function' ? Reflect.construct(Node, []) : undefined;
	const itsClock = isRecord(clocks) ? clocks.clock : undefined;
	if (!isNode(node) || !isRecord(itsClock) || Object.is(itsClock, clock))
		throw new Error(`${folder} has no copy`);
	return { node, clock: itsClock };
}

async function loadedAnew(...paths: string[]): Promise<unknown[]> {
	// jest has its own registry of modules. Node's registry goes by the address of a module.
	if (typeof jest === 'undefined') return await Promise.all(paths.map((path) => import(`${path}?process=2`)));
	let loaded: unknown[] = [];
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		loaded = paths.map((path): unknown => require(path));
	});
	jest.dontMock('n8n-workflow');
	return loaded;
}

function isNode(value: unknown): value is INodeType {
	return isRecord(value) && isRecord(value.description) && typeof value.execute === 'function';
}
