import { once } from 'node:events';

import { simpleParser, type ParsedMail } from 'mailparser';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { SMTPServer, type SMTPServerEnvelope } from 'smtp-server';

import { poll } from './poll.mts';
import { portOf } from './ports.mts';

export interface Mail {
	from: string;
	to: string[];
	subject: string;
	/** The content, as HTML or as plain text. */
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

/** How long an open connection may hold up the end. */
const CLOSE_TIMEOUT_MS = 1_000;

/** Starts a mail server for this machine. It keeps n8n's messages to people, so that they can be read and answered. */
export async function startSmtpSink(port = 0): Promise<SmtpSink> {
	const mails: Mail[] = [];
	const allMails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		closeTimeout: CLOSE_TIMEOUT_MS,
		onData: (stream, { envelope }, done) => {
			const keep = (parsed: ParsedMail) => {
				const mail = mailOf(envelope, parsed);
				for (const each of [mails, allMails]) each.push(mail);
			};
			simpleParser(stream, { skipImageLinks: true, skipTextToHtml: true })
				.then(keep)
				.then(() => done(), done);
		},
	});
	// A client that goes away in the middle is no matter of this server's.
	server.on('error', () => undefined);
	await once(server.listen(port, '127.0.0.1'), 'listening');
	const listening = portOf(server.server);
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
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

function mailOf(
	{ mailFrom, rcptTo }: SMTPServerEnvelope,
	{ subject = '', html, text: plain }: ParsedMail,
): Mail {
	const text = html || plain || '';
	const links = [...text.matchAll(/<a[^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/g)].map(
		([, href = '', label = '']): [string, string] => [label.trim(), href.replaceAll('&amp;', '&')],
	);
	return {
		from: mailFrom ? mailFrom.address : '',
		to: rcptTo.map(({ address }) => address),
		subject,
		html: text,
		links: Object.fromEntries(links),
	};
}
