import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that the system itself gives out (Linux from 32768): what is free now is still free when it is used. */
const LOWEST = 20_000;
const HIGHEST = 31_999;

/** Different free ports, chosen at random: others on this machine who choose in the same moment get others. */
export async function freePorts(count: number): Promise<number[]> {
	const found = new Set<number>();
	while (found.size < count) {
		const port = await portIfFree(randomInt(LOWEST, HIGHEST + 1));
		if (port !== undefined) found.add(port);
	}
	return [...found];
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
