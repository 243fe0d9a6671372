import { isMwebAddress, isSegwitAddress } from './bech32';
import { base58Bytes, base58Checked, RIPPLE_ALPHABET } from './base58';
import { keccak256 } from './keccak';
import { isTonAddress } from './ton';

/** A chain whose addresses we know. `isAddress` never refuses an address of the chain. */
export interface Chain {
	name: string;
	/** Set where an address has no check digits: most mistyped ones are not noticed. */
	unproven?: true;
	isAddress(text: string): boolean;
}

const tron: Chain = {
	name: 'TRON',
	isAddress: (text) => hasVersion(base58Checked(text), 20, [0x41]),
};

const evm: Chain = {
	name: 'Ethereum and its relatives',
	isAddress(text) {
		if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return false;
		const digits = text.slice(2);
		// Only the mix of cases is a checksum, by EIP-55.
		return digits === digits.toLowerCase() || digits === digits.toUpperCase() || isMixedRight(digits);
	},
};

function isMixedRight(digits: string): boolean {
	const hash = keccak256(digits.toLowerCase());
	return [...digits].every(
		(digit, index) =>
			/\d/.test(digit) || (digit === digit.toUpperCase()) === Number.parseInt(hash[index] ?? '0', 16) >= 8,
	);
}

const bitcoin: Chain = {
	name: 'Bitcoin',
	isAddress: (text) => isSegwitAddress(text, 'bc') || hasVersion(base58Checked(text), 20, [0x00, 0x05]),
};

const litecoin: Chain = {
	name: 'Litecoin',
	// 0x05 is the older form of 0x32, and it is still paid to.
	isAddress: (text) =>
		isSegwitAddress(text, 'ltc') ||
		isMwebAddress(text) ||
		hasVersion(base58Checked(text), 20, [0x30, 0x32, 0x05]),
};

const dogecoin: Chain = {
	name: 'Dogecoin',
	isAddress: (text) => hasVersion(base58Checked(text), 20, [0x1e, 0x16]),
};

const xrp: Chain = {
	name: 'XRP',
	isAddress(text) {
		const content = base58Checked(text, RIPPLE_ALPHABET);
		return hasVersion(content, 20, [0x00]) || isXAddress(content);
	},
};

/** An X-address holds the account and its tag: 2 bytes of prefix, 20 of the account, a flag, and 8 of the tag. */
function isXAddress(content: Buffer | undefined): boolean {
	if (content?.length !== 31 || content[0] !== 0x05 || content[1] !== 0x44) return false;
	const flag = content[22];
	const isTagZero = content.subarray(flag === 1 ? 27 : 23).every((byte) => byte === 0);
	return (flag === 0 || flag === 1) && isTagZero;
}

/** An address of Solana has no checksum. Only its letters and its length can be wrong. */
const solana: Chain = {
	name: 'Solana',
	unproven: true,
	isAddress: (text) => base58Bytes(text)?.length === 32,
};

const ton: Chain = { name: 'TON', isAddress: isTonAddress };

function hasVersion(content: Buffer | undefined, length: number, versions: readonly number[]): boolean {
	return content?.length === length + 1 && versions.includes(content[0] ?? -1);
}

/**
 * The names by which the providers call the chains, in capital letters. A name with two meanings is left out: BNB has
 * an older chain with other addresses, and so has AVAX.
 */
const NAMES: ReadonlyMap<string, Chain> = new Map(
	[
		{ chain: tron, names: ['TRX', 'TRC20', 'TRON'] },
		{
			chain: evm,
			names: [
				...['ETH', 'ERC20', 'ETHEREUM', 'BSC', 'BEP20', 'BSC20', 'MATIC', 'POLYGON', 'POL'],
				...['ARB', 'ARBITRUM', 'ARBEVM', 'OP', 'OPTIMISM', 'OPETH', 'BASE', 'BASEEVM', 'ETC'],
			],
		},
		{ chain: bitcoin, names: ['BTC', 'BITCOIN'] },
		{ chain: litecoin, names: ['LTC', 'LITECOIN'] },
		{ chain: dogecoin, names: ['DOGE', 'DOGECOIN'] },
		{ chain: xrp, names: ['XRP', 'RIPPLE'] },
		{ chain: solana, names: ['SOL', 'SOLANA'] },
		{ chain: ton, names: ['TON'] },
	].flatMap(({ chain, names }) => names.map((name): [string, Chain] => [name, chain])),
);

/** The other chain that an address belongs to. */
export function otherChainOf(address: string, chain: Chain): Chain | undefined {
	return [...NAMES.values()].find((other) => other !== chain && other.isAddress(address));
}

/** @returns undefined for a chain that we do not know; its addresses are not checked */
export function chainNamed(name: string): Chain | undefined {
	return NAMES.get(
		name
			.trim()
			.toUpperCase()
			.replace(/[\s_-]/g, ''),
	);
}
