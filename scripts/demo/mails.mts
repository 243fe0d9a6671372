import type { SmtpSink } from '../../host/smtpSink.mts';

const LOOK_MS = 300;

/** Prints each new mail with its links: in the demo the terminal is the mail box. */
export function showNewMails({ mails }: SmtpSink): void {
	let shown = mails.length;
	const look = () => {
		for (const { to, subject, links } of mails.slice(shown)) {
			console.log(`\nMail to ${to.join(', ')}: ${subject}`);
			for (const [text, link] of Object.entries(links)) console.log(`  ${text}: ${link}`);
		}
		shown = mails.length;
	};
	setInterval(look, LOOK_MS).unref();
}
