import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';

/** Loopback only: the sandbox has no protection of its own. */
const HOST = '127.0.0.1';

function isAddressInfo(address: ReturnType<NetServer['address']>): address is AddressInfo {
	return typeof address === 'object' && address !== null;
}

/** Listens on the port of the loopback, or on a free one for 0. Resolves to the port. */
export function listen(server: NetServer, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, () => {
			server.off('error', reject);
			const address = server.address();
			if (isAddressInfo(address)) resolve(address.port);
			else reject(new Error(`No TCP address for port ${port}`));
		});
	});
}

/** An HTTP server that can disappear for a while and come back on the same port. */
export class Listener {
	readonly #server: Server;
	#port = 0;
	#reopening: NodeJS.Timeout | undefined;

	constructor(onRequest: RequestListener) {
		this.#server = createServer(onRequest);
		// So short that a client opens a new connection for each request. Only then does it notice a closed port.
		this.#server.keepAliveTimeout = 1000;
	}

	get url(): string {
		return `http://${HOST}:${this.#port}`;
	}

	get isOpen(): boolean {
		return this.#server.listening;
	}

	async open(port: number): Promise<void> {
		this.#port = await listen(this.#server, port);
	}

	async refuseFor(seconds: number): Promise<void> {
		await this.#shut();
		this.#reopening = setTimeout(() => void this.reopen(), seconds * 1000);
		this.#reopening.unref();
	}

	async reopen(): Promise<void> {
		clearTimeout(this.#reopening);
		if (!this.isOpen) await this.open(this.#port);
	}

	/** Changes the port and cuts every connection. A request that comes late finds nobody at the old port. */
	async move(): Promise<void> {
		clearTimeout(this.#reopening);
		await this.#shut();
		await this.open(0);
	}

	async close(): Promise<void> {
		clearTimeout(this.#reopening);
		await this.#shut();
	}

	async #shut(): Promise<void> {
		if (!this.isOpen) return;
		await new Promise((resolve) => {
			this.#server.close(resolve);
			this.#server.closeAllConnections();
		});
	}
}
