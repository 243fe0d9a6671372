import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { portOf } from '../../host/ports.mts';

export interface Way {
	url: string;
	close(): Promise<void>;
}

/** A way to a provider that delays each request by 0 to `most` milliseconds, so that requests overtake each other. */
export async function wayTo(target: string, most: number): Promise<Way> {
	const server = createServer((incoming, outgoing) => void forward(target, most, incoming, outgoing));
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return {
		url: `http://127.0.0.1:${portOf(server)}`,
		close: async () => {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}

async function forward(
	target: string,
	most: number,
	incoming: IncomingMessage,
	outgoing: ServerResponse,
): Promise<void> {
	await sleep(Math.random() * most);
	const { method, headers, url = '/' } = incoming;
	const passed = request(new URL(url, target), { method, headers }, (answer) => {
		outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(outgoing);
	});
	passed.on('error', () => outgoing.destroy());
	incoming.pipe(passed);
}
