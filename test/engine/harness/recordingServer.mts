import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface Recorded {
	method: string;
	/** Path and query as on the wire. */
	url: string;
	headers: IncomingMessage['headers'];
	/** The exact bytes. */
	body: Buffer;
	text: string;
}

/** A scripted answer. The default is 200 and {}. */
export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body?: string;
	/** The server resets the connection after it has read the request. */
	reset?: boolean;
	/** The server never answers. */
	silent?: boolean;
	/** The server sends this as the beginning of a longer answer and then closes the connection. */
	half?: string;
}

export type Script = (request: Recorded, nth: number) => Answer;

/** A plain HTTP server on 127.0.0.1 that keeps every request and answers by script. */
export class RecordingServer {
	readonly requests: Recorded[] = [];

	private script: Script = () => ({});

	private readonly server = createServer((request, response) => void this.serve(request, response));

	private readonly sockets = new Set<Socket>();

	static async start(): Promise<RecordingServer> {
		const recording = new RecordingServer();
		recording.server.on('connection', (socket) => {
			recording.sockets.add(socket);
			socket.on('close', () => recording.sockets.delete(socket));
			socket.on('error', () => {});
		});
		recording.server.listen(0, '127.0.0.1');
		await once(recording.server, 'listening');
		return recording;
	}

	get origin(): string {
		const address = this.server.address();
		if (typeof address !== 'object' || !address) throw new Error('The server does not listen');
		return `http://127.0.0.1:${address.port}`;
	}

	/** Forgets the requests and answers by this script from now on. The first request has the number 1. */
	answer(script: Script | Answer = {}): void {
		this.requests.length = 0;
		this.script = typeof script === 'function' ? script : () => script;
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		this.server.close();
		await once(this.server, 'close');
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await bytesOf(request);
		if (!body) return;
		const { method = '', url = '', headers } = request;
		const recorded = { method, url, headers, body, text: body.toString() };
		this.requests.push(recorded);
		reply(response, this.script(recorded, this.requests.length));
	}
}

/** The bytes of a request. Undefined when the client closed the connection before the end. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of request) chunks.push(chunk);
	} catch {
		return undefined;
	}
	return Buffer.concat(chunks);
}

function reply(response: ServerResponse, answer: Answer): void {
	const { status = 200, headers = { 'content-type': 'application/json' }, body = '{}', half } = answer;
	if (answer.silent) return;
	if (answer.reset) {
		response.socket?.resetAndDestroy();
	} else if (half !== undefined) {
		response.writeHead(status, { ...headers, 'content-length': half.length * 2 });
		response.write(half, () => response.socket?.destroy());
	} else {
		response.writeHead(status, headers).end(body);
	}
}
