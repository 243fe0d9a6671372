import { once } from 'node:events';
import { createServer } from 'node:net';

/** Free ports on this machine. They are all held open until the last is found, so no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
	await Promise.all(servers.map((server) => once(server, 'listening')));
	const ports = servers.map(portOf);
	await Promise.all(servers.map((server) => once(server.close(), 'close')));
	return ports;
}

export function portOf(server: { address(): string | { port: number } | null }): number {
	const address = server.address();
	if (address === null || typeof address === 'string')
		throw new Error('This server does not listen on a TCP port.');
	return address.port;
}

/** The port, unless somebody listens on it. */
export async function portIfFree(port: number): Promise<number | undefined> {
	const server = createServer();
	try {
		await once(server.listen(port, '127.0.0.1'), 'listening');
	} catch {
		return undefined;
	}
	await once(server.close(), 'close');
	return port;
}
