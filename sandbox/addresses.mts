import { createHash } from 'node:crypto';

const BITCOIN_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const RIPPLE_ALPHABET = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';

/** How an address of a chain is written: in base58check behind this first byte, or in a way of its own. */
const FORMS: ReadonlyMap<string, number | 'ripple' | 'solana' | 'ton'> = new Map(
	Object.entries({
		...{ TRX: 0x41, TRC20: 0x41, BTC: 0x00, LTC: 0x30, DOGE: 0x1e },
		...{ XRP: 'ripple', SOL: 'solana', TON: 'ton' },
	} as const),
);

/**
 * A valid address for a made-up owner: the checksum fits, and nobody has its key. The same owner has always the same
 * one. A chain that is not listed gets one in hex, like those of Ethereum.
 */
export function addressOf(chain: string, owner: string): string {
	const account = sha256(`${chain} ${owner}`);
	const form = FORMS.get(chain);
	if (form === undefined) return `0x${account.toString('hex', 0, 20)}`;
	if (form === 'ton') return `0:${account.toString('hex')}`;
	if (form === 'solana') return base58(account, BITCOIN_ALPHABET);
	const version = form === 'ripple' ? 0x00 : form;
	const content = Buffer.from([version, ...account.subarray(0, 20)]);
	const checked = Buffer.concat([content, sha256(sha256(content)).subarray(0, 4)]);
	return base58(checked, form === 'ripple' ? RIPPLE_ALPHABET : BITCOIN_ALPHABET);
}

/** A zero byte at the beginning is written as the first letter of the alphabet. */
function base58(bytes: Buffer, alphabet: string): string {
	const zeros = bytes.findIndex((byte) => byte !== 0);
	let letters = '';
	for (let rest = BigInt(`0x${bytes.toString('hex')}`); rest > 0n; rest /= 58n) {
		letters = alphabet.charAt(Number(rest % 58n)) + letters;
	}
	return alphabet.charAt(0).repeat(zeros) + letters;
}

function sha256(content: string | Buffer): Buffer {
	return createHash('sha256').update(content).digest();
}
