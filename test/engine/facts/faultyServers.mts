import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import { selfSigned } from './certificate.mts';

export interface Faulty {
	port: number;
	/** How many bytes of plain text the server has read. */
	received: () => number;
	stop: () => Promise<void>;
}

/** A bare TCP server. `onConnection` handles each connection. */
export async function faultyServer(
	onConnection: (socket: Socket, count: (bytes: number) => void) => void,
): Promise<Faulty> {
	const sockets = new Set<Socket>();
	let received = 0;
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		onConnection(socket, (bytes) => (received += bytes));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const stop = async () => {
		for (const socket of sockets) socket.destroy();
		server.close();
		await once(server, 'close');
	};
	const port = typeof address === 'object' && address ? address.port : 0;
	return { port, received: () => received, stop };
}

/** A server that sends the words after the client's first bytes, letter by letter, and then nothing more. */
export async function speaking(words: string, everyMs = 0): Promise<Faulty> {
	return await faultyServer((socket, count) => {
		socket.once('data', async (bytes) => {
			count(bytes.length);
			for (const part of everyMs === 0 ? [words] : words) {
				if (socket.destroyed) break;
				socket.write(part);
				await new Promise((resolve) => setTimeout(resolve, everyMs));
			}
		});
	});
}

/** A TLS server with a self-signed certificate. After the request it sends bytes that are not TLS. */
export async function breakingTls(): Promise<Faulty> {
	const { key, cert } = selfSigned();
	const secureContext = createSecureContext({ key: key.export({ type: 'pkcs8', format: 'pem' }), cert });
	return await faultyServer((socket, count) => {
		const secure = new TLSSocket(socket, { isServer: true, secureContext });
		secure.on('error', () => {});
		secure.once('data', (bytes) => {
			count(bytes.length);
			socket.write('this is no TLS record');
		});
	});
}
