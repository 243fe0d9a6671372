import { createServer } from 'node:net';

import type { AddressFault } from './faults.mts';
import { listen } from './listener.mts';

export interface BrokenAddresses {
	urls: Record<AddressFault, string>;
	close(): Promise<void>;
}

/** Opens base URLs at which no request can be sent. Tests use them, and people paste them into a credential. */
export async function openBrokenAddresses(provider: string, port: number): Promise<BrokenAddresses> {
	const notTls = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		socket.once('data', () => {
			socket.write('This is not TLS.\r\n');
			socket.destroySoon();
		});
	});
	const notTlsPort = await listen(notTls, port);
	return {
		urls: {
			// .invalid is reserved (RFC 2606): no resolver knows it.
			dns: `https://${provider.toLowerCase()}.sandbox.invalid`,
			// A privileged port that no service uses and no system hands out.
			'connection-refused': 'http://127.0.0.1:2',
			'tls-handshake': `https://127.0.0.1:${notTlsPort}`,
		},
		close: () => new Promise((resolve) => notTls.close(() => resolve())),
	};
}
