/** How a provider is called in each place. */
export interface Names {
	/** As people read it: `Acme Pay`. */
	displayName: string;
	/** The folder, the class of the node and the first part of the credential's class: `AcmePay`. */
	folder: string;
	/** The provider and its node type: `acmePay`. */
	name: string;
	/** The file in contracts/: `acmepay`. */
	file: string;
}

/** @throws Error for a title that makes no name for a class */
export function namesOf(title: string): Names {
	const displayName = title
		.replace(/\b(?:rest |open)?api\b.*$/i, '')
		.trim()
		.replace(/\s+/g, ' ');
	const folder = pascal(displayName);
	if (!/^[A-Z][A-Za-z0-9]+$/.test(folder) || !/^[\w .-]+$/.test(displayName))
		throw new Error(
			`info.title "${title}" makes no name for a class: write the provider's name, like "Acme Pay"`,
		);
	return { displayName, folder, name: camel(displayName), file: folder.toLowerCase() };
}

/** Words that n8n's lint wants in another form than with one capital letter. */
const FIXED: Readonly<Record<string, string>> = {
	id: 'ID',
	ids: 'IDs',
	url: 'URL',
	urls: 'URLs',
	json: 'JSON',
	api: 'API',
	ip: 'IP',
};
const SMALL = /^(?:a|an|and|as|at|but|by|for|from|in|into|nor|of|on|or|per|the|to|via|with)$/;

/** `merchantOrder_id` is `merchant`, `order`, `id`. */
function words(text: string): string[] {
	return text
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
		.split(/[^A-Za-z0-9]+/)
		.filter((word) => word !== '')
		.map((word) => word.toLowerCase());
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `merchant_order_id` is `Merchant Order ID`. */
export function title(text: string): string {
	const all = words(text);
	const cased = (word: string, index: number) =>
		FIXED[word] ?? (SMALL.test(word) && index > 0 && index < all.length - 1 ? word : capital(word));
	return all.map(cased).join(' ');
}

/** `createPayout` is `Create payout`. An action in n8n's panel has no article. */
export function action(text: string): string {
	const all = words(text).filter((word) => !/^(?:an?|the)$/.test(word));
	return capital(all.map((word) => FIXED[word] ?? word).join(' '));
}

export function camel(text: string): string {
	return words(text)
		.map((word, index) => (index === 0 ? word : capital(word)))
		.join('');
}

export function pascal(text: string): string {
	return capital(camel(text));
}

/** `payouts` is `payout`: n8n names a resource by one of its objects. */
export function singular(text: string): string {
	if (/(?:s|x|ch|sh)es$/i.test(text)) return text.slice(0, -2);
	if (/ies$/i.test(text)) return `${text.slice(0, -3)}y`;
	return /[^su]s$/i.test(text) ? text.slice(0, -1) : text;
}

/** The first sentence of a text from a contract, in the form in which n8n's lint takes a description. */
export function sentence(text: string | undefined): string | undefined {
	const [first = ''] = (text ?? '')
		.replace(/[`*<>]/g, '')
		.replace(/\s+/g, ' ')
		.trim()
		.split(/(?<=[.!?])\s/);
	const plain = first
		.replace(/[.\s]+$/, '')
		.replace(/\b(?:id|url|json|api)s?\b/gi, (word) => FIXED[word.toLowerCase()] ?? word);
	return plain === '' ? undefined : capital(plain);
}
