import { supervise, type Program, type Supervised } from '../supervisor.mts';

export interface Server extends Supervised {
	/** The folder with its data. */
	folder: string;
}

/** Starts a server program, which says `readyText` when it is ready. A server that does not start leaves nothing behind. */
export async function startServer(program: Program & { folder: string }, readyText: string): Promise<Server> {
	const server = supervise(program, {
		name: program.command[0] ?? '',
		isReady: (output) => output.includes(readyText),
	});
	try {
		await server.start();
	} catch (cause) {
		await server.stop();
		throw cause;
	}
	return Object.assign(server, { folder: program.folder }); // not a copy: `log` and `pid` change
}
