import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { markedSession } from '../../markedCredentials.mts';

export interface Seen {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: string;
}

type Answers = (response: ServerResponse, request: Seen) => void | Promise<void>;

/** A server that answers every call by one function. It answers Rapira's login itself. */
export class HostileServer {
	readonly seen: Seen[] = [];

	/** How many bytes it has written. Where it compresses itself, the compressed bytes count. */
	written = 0;

	answers: Answers = (response) => void response.end('{}');

	private readonly sockets = new Set<Socket>();

	/** Connections whose other end is still open. */
	private readonly waiting = new Set<Socket>();

	private readonly server = createServer((request, response) => void this.serve(request, response));

	static async start(): Promise<HostileServer> {
		const hostile = new HostileServer();
		hostile.server.on('connection', (socket) => {
			hostile.sockets.add(socket);
			for (const event of ['end', 'close']) socket.on(event, () => hostile.waiting.delete(socket));
			socket.on('close', () => hostile.sockets.delete(socket));
			socket.on('error', () => undefined);
			hostile.waiting.add(socket);
		});
		hostile.server.listen(0, '127.0.0.1');
		await once(hostile.server, 'listening');
		return hostile;
	}

	get origin(): string {
		const address = this.server.address();
		if (typeof address !== 'object' || !address) throw new Error('The server does not listen');
		return `http://127.0.0.1:${address.port}`;
	}

	/** How many connections a client still holds open. */
	get open(): number {
		return this.waiting.size;
	}

	begin(answers: Answers): void {
		this.seen.length = 0;
		this.written = 0;
		this.answers = answers;
	}

	/** Writes the same bytes again and again while the client takes them, up to this number of bytes. */
	async flood(response: ServerResponse, chunk: Buffer, most: number): Promise<void> {
		const end = this.written + most;
		const { promise: closed, resolve } = Promise.withResolvers<unknown>();
		response.once('close', () => resolve(true));
		while (this.written < end && !response.destroyed) {
			this.written += chunk.length;
			if (response.write(chunk)) continue;
			await Promise.race([new Promise((next) => response.once('drain', next)), closed]);
		}
		response.end();
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		this.server.close();
		await once(this.server, 'close');
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const { method = '', url = '', headers } = request;
		const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
		if (url === '/open/generate_jwt') {
			response.end(JSON.stringify({ token: markedSession }));
			return;
		}
		this.seen.push(seen);
		response.setHeader('content-type', 'application/json');
		await this.answers(response, seen);
	}
}
