import { parseArgs } from 'node:util';

export interface Options {
	/** The console's port; the providers take the ports after it. 0 means free ports. */
	port: number;
	/** Divides the delays of banks, chains and desks. */
	pace: number;
	/** Whether banks, chains and desks act only when a person clicks. */
	manual: boolean;
}

export const USAGE = `Local stand-ins for five payment providers, with a console page.

  --port 4460   the console's port; the providers take those after it. 0: any free ones
  --pace 1      how many times as fast banks, chains and desks are, e.g. 10
  --manual      nothing happens by itself: you are the bank, the chain and the desk
  --help        shows this`;

/** Reads what was typed after the command. Undefined: help was asked for. @throws Error that says what cannot be */
export function readOptions(args: string[]): Options | undefined {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '4460' },
			pace: { type: 'string', default: '1' },
			manual: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const port = Number(values.port);
	if (!/^\d+$/.test(values.port) || port > 65_000)
		throw new Error(`--port ${values.port} is not a number from 0 to 65000`);
	const pace = Number(values.pace);
	if (!(pace > 0)) throw new Error(`--pace ${values.pace} is not a number above 0`);
	return { port, pace, manual: values.manual };
}
