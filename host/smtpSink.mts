import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { poll } from './poll.mts';
import { portOf } from './ports.mts';

export interface Mail {
	from: string;
	to: string[];
	subject: string;
	html: string;
	/** The links by the text on their button. */
	links: Record<string, string>;
}

export interface SmtpSink {
	port: number;
	mails: Mail[];
	/** All mails, also those that somebody has taken out of `mails`. */
	readonly allMails: readonly Mail[];
	/** The data of n8n's credential type `smtp` that sends to this sink. */
	credential: ICredentialDataDecryptedObject;
	waitForMail(matches: (mail: Mail) => boolean, timeoutMs?: number): Promise<Mail>;
	close(): Promise<void>;
}

/** Starts a mail server for this machine. It keeps n8n's messages to people, so that they can be read and answered. */
export async function startSmtpSink(port = 0): Promise<SmtpSink> {
	const mails: Mail[] = [];
	const allMails: Mail[] = [];
	const deliver = (mail: Mail) => void [mails, allMails].forEach((each) => each.push(mail));
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.on('close', () => sockets.delete(socket)));
		socket.on('error', () => socket.destroy());
		void converse(socket, deliver);
	});
	await once(server.listen(port, '127.0.0.1'), 'listening');
	const listening = portOf(server);
	return {
		port: listening,
		mails,
		allMails,
		credential: {
			host: '127.0.0.1',
			port: listening,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		},
		waitForMail: (matches, timeoutMs) => poll(() => mails.find(matches), 'a mail', timeoutMs),
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await once(server.close(), 'close');
		},
	};
}

/** The part of SMTP (RFC 5321) that a client without log-in or encryption needs. */
async function converse(socket: Socket, deliver: (mail: Mail) => void): Promise<void> {
	const say = (reply: string) => socket.write(`${reply}\r\n`);
	let envelope: { from: string; to: string[] } = { from: '', to: [] };
	let data: string[] | undefined;
	say('220 sink ready');
	for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
		const address = /<(.*?)>/.exec(line)?.[1] ?? '';
		if (data) {
			if (line !== '.') {
				data.push(line.replace(/^\.\./, '.'));
				continue;
			}
			deliver(readMail(envelope, data.join('\n')));
			envelope = { from: '', to: [] };
			data = undefined;
			say('250 kept');
		} else if (/^mail from:/i.test(line)) {
			envelope = { from: address, to: [] };
			say('250 ok');
		} else if (/^rcpt to:/i.test(line)) {
			envelope.to.push(address);
			say('250 ok');
		} else if (/^data/i.test(line)) {
			data = [];
			say('354 go on, end with a dot');
		} else if (/^quit/i.test(line)) {
			say('221 bye');
			socket.end();
		} else {
			say('250 ok'); // EHLO, RSET, NOOP
		}
	}
}

/** Reads a mail as nodemailer writes it for n8n: one HTML part, quoted-printable or base64. */
function readMail(envelope: { from: string; to: string[] }, source: string): Mail {
	const [head = '', ...body] = source.split('\n\n');
	const headers = head.replace(/\n[ \t]+/g, ' ');
	const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? '';
	const html = decode(body.join('\n\n'), header('content-transfer-encoding').toLowerCase());
	const links = [...html.matchAll(/<a[^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/g)].map(
		([, href = '', text = '']): [string, string] => [text.trim(), href.replaceAll('&amp;', '&')],
	);
	return { ...envelope, subject: decodeWords(header('subject')), html, links: Object.fromEntries(links) };
}

function decode(body: string, encoding: string): string {
	if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
	if (encoding !== 'quoted-printable') return body;
	return decodeQuotedPrintable(body.replace(/=\n/g, ''));
}

/** Decodes a subject with letters beyond ASCII, which comes as `=?UTF-8?Q?...?=` (RFC 2047). */
function decodeWords(text: string): string {
	return text
		.replace(/\?= =\?/g, '?==?')
		.replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
			kind.toLowerCase() === 'b'
				? Buffer.from(word, 'base64').toString()
				: decodeQuotedPrintable(word.replaceAll('_', ' ')),
		);
}

function decodeQuotedPrintable(text: string): string {
	const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return Buffer.from(bytes, 'latin1').toString();
}
