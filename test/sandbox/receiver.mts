import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

import { listen } from '../../sandbox/listener.mts';

export interface ReceivedNotification {
	headers: IncomingHttpHeaders;
	body: string;
}

/** A webhook endpoint that answers as told. */
export class Receiver {
	readonly received: ReceivedNotification[] = [];
	answers: { status: number; body: string }[] = [];
	url = '';
	readonly #server: Server;

	constructor() {
		this.#server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				this.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
				const ok = { status: 200, body: '{"returnCode":"SUCCESS","returnMessage":""}' };
				const { status, body } = this.answers.shift() ?? ok;
				response.writeHead(status).end(body);
			});
		});
	}

	async open(): Promise<string> {
		this.url = `http://127.0.0.1:${await listen(this.#server, 0)}/webhook`;
		return this.url;
	}

	close(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}
}
