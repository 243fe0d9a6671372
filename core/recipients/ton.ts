/** The first byte of an address in the friendly form: whether a payment that cannot be received bounces back. */
const TAGS = [0x11, 0x51];

/** The basechain and the masterchain. */
const WORKCHAINS = [0x00, 0xff];

/** The friendly form is 36 bytes in base64: tag, workchain, 32 bytes of hash, CRC16. The raw form is `0:` and hex. */
export function isTonAddress(text: string): boolean {
	if (/^(?:0|-1):[0-9a-fA-F]{64}$/.test(text)) return true;
	if (!/^(?:[A-Za-z0-9_-]{48}|[A-Za-z0-9+/]{48})$/.test(text)) return false;
	const bytes = Buffer.from(text, 'base64');
	// An address with the flag 0x80 is for the test network only.
	if (!TAGS.includes(bytes[0] ?? 0) || !WORKCHAINS.includes(bytes[1] ?? -1)) return false;
	return crc16(bytes.subarray(0, 34)) === bytes.readUInt16BE(34);
}

/** CRC-16/XMODEM. */
function crc16(bytes: Buffer): number {
	let sum = 0;
	for (const byte of bytes) {
		sum ^= byte << 8;
		for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : sum << 1;
	}
	return sum;
}
