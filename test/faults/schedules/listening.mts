import { createServer } from 'node:http';

/** The console's output during `work`, and the result of `work`. */
export async function listening<Result>(
	work: () => Promise<Result>,
): Promise<{ result: Result; log: string }> {
	const { stdout, stderr } = process;
	const writes = [stdout, stderr].map((stream) => ({ stream, write: stream.write }));
	let log = '';
	for (const { stream } of writes) {
		stream.write = (chunk: string | Uint8Array) => {
			log += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
			return true;
		};
	}
	try {
		return { result: await work(), log };
	} finally {
		for (const { stream, write } of writes) stream.write = write;
	}
}

export interface Trap {
	url: string;
	/** How many requests came since the last look. */
	look(): number;
	close(): void;
}

/** An address that no request may reach. */
export async function setTrap(): Promise<Trap> {
	let strays = 0;
	const server = createServer((_request, response) => {
		strays += 1;
		response.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('The trap has no port');
	return {
		url: `http://127.0.0.1:${address.port}`,
		look() {
			const seen = strays;
			strays = 0;
			return seen;
		},
		close: () => server.close(),
	};
}
