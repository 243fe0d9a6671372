import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The ports lie below those that the system gives out (on Linux from 32768), so a free one stays free until it is used. */
const LOWEST = 20_000;
const HIGHEST = 31_999;

/** Different free ports, chosen at random, so that two programs that choose in the same moment get different ones. */
export async function freePorts(count: number): Promise<number[]> {
	const found = new Set<number>();
	while (found.size < count) {
		const port = await portIfFree(randomInt(LOWEST, HIGHEST + 1));
		if (port !== undefined) found.add(port);
	}
	return [...found];
}

/** The port on which the server listens. */
export function portOf(server: { address(): string | { port: number } | null }): number {
	const address = server.address();
	if (address === null || typeof address === 'string')
		throw new Error('This server does not listen on a TCP port.');
	return address.port;
}

/** The port, or undefined when somebody listens on it. */
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
