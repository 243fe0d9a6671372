import type { FileRule } from '../provider/fieldRule';
import { Refusal } from '../refusal';
import type { UploadFile } from '../wire/multipart';
import { printable } from './rules';

/** The first bytes of a file for each ending, and its media type. The ending alone proves nothing. */
const KNOWN: Readonly<Record<string, { type: string; signature: number[] }>> = {
	jpg: { type: 'image/jpeg', signature: [0xff, 0xd8, 0xff] },
	jpeg: { type: 'image/jpeg', signature: [0xff, 0xd8, 0xff] },
	png: { type: 'image/png', signature: [0x89, 0x50, 0x4e, 0x47] },
	pdf: { type: 'application/pdf', signature: [0x25, 0x50, 0x44, 0x46] },
};

/** A file of an input item. Many nodes give a file no name but know its type. */
export interface GivenFile {
	name: string | undefined;
	/** The media type, e.g. `image/png`. */
	type?: string | undefined;
	content: Buffer;
}

/**
 * Checks a file before it is uploaded: name, ending, content and size.
 * @throws Refusal, so that nothing is sent
 */
export function checkFile(
	{ name: given, type: mimeType, ...file }: GivenFile & { field: string; label: string },
	rule: FileRule,
): UploadFile {
	const endings = rule.extensions?.join(', ');
	const name = given || nameFor(mimeType);
	if (!name) {
		throw new Refusal(`${file.label} has no file name${endings ? `; it must end in ${endings}` : ''}`);
	}
	if (/[\p{Cc}\p{Surrogate}\u2028\u2029/\\]/u.test(name)) {
		throw new Refusal(`${file.label} \`${printable(name)}\` is not the name of a file alone`);
	}
	const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
	if (rule.extensions && !rule.extensions.includes(ending)) {
		throw new Refusal(`${file.label} \`${printable(name)}\` must be one of: ${endings}`);
	}
	if (file.content.length === 0) throw new Refusal(`${file.label} \`${printable(name)}\` is empty`);
	if (file.content.length > rule.maximumBytes) {
		const size = (file.content.length / 1_000_000).toFixed(1);
		throw new Refusal(
			`${file.label} \`${printable(name)}\` has ${size} MB; at most ${rule.maximumBytes / 1_000_000} MB are taken`,
		);
	}
	const known = KNOWN[ending];
	if (known && !known.signature.every((byte, index) => file.content[index] === byte)) {
		throw new Refusal(`${file.label} \`${printable(name)}\` is not a ${ending} file inside`);
	}
	return {
		field: file.field,
		name,
		type: known?.type ?? 'application/octet-stream',
		content: file.content,
	};
}

/** A name with the ending for the type. Undefined for an unknown type. */
function nameFor(mimeType: string | undefined): string | undefined {
	const [ending] = Object.entries(KNOWN).find(([, { type }]) => type === mimeType) ?? [];
	return ending === undefined ? undefined : `receipt.${ending}`;
}
