import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** Makes a self-signed certificate for 127.0.0.1, so that the repository holds no key. */
export function selfSigned(): { key: KeyObject; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
	const commonName = sequence(der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from('127.0.0.1')));
	const name = sequence(der(0x31, commonName));
	const validity = sequence(utcTime('200101000000Z'), utcTime('491231235959Z'));
	const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
	const version3 = der(0xa0, der(0x02, Buffer.from([2])));
	const serial = der(0x02, Buffer.from([1]));
	const content = sequence(version3, serial, ecdsaWithSha256, name, validity, name, subjectKey);
	const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]));
	const certificate = sequence(content, ecdsaWithSha256, signature).toString('base64');
	return {
		key: privateKey,
		cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
	};
}

function der(tag: number, content: Buffer): Buffer {
	const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
	return der(0x30, Buffer.concat(parts));
}

function utcTime(text: string): Buffer {
	return der(0x17, Buffer.from(text));
}
