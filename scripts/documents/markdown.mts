import { parsers } from 'prettier/plugins/markdown';

/** A node in the tree of Prettier's Markdown parser (remark). */
export interface MarkdownNode {
	type: string;
	/** Links and pictures have it. */
	url?: string;
	/** Pictures have it. */
	alt?: string | null;
	/** Texts and code have it. */
	value?: string;
	children?: MarkdownNode[];
}

/** All nodes of the text: parents first, in the order of the text. */
export function markdownNodes(text: string): MarkdownNode[] {
	// The second argument takes all options of Prettier. This parser reads none of them.
	const tree: unknown = Reflect.apply(parsers.markdown.parse, undefined, [text, {}]);
	if (!isNode(tree)) throw new TypeError('The parser gave no tree');
	return [...withChildren(tree)];
}

/** The words of a node without markup. */
export function textOf(node: MarkdownNode): string {
	return node.value ?? (node.children ?? []).map(textOf).join('');
}

function isNode(value: unknown): value is MarkdownNode {
	return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function* withChildren(node: MarkdownNode): Generator<MarkdownNode> {
	yield node;
	for (const child of node.children ?? []) yield* withChildren(child);
}
