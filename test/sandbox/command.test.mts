import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { node24, projectFolder } from '../../host/folders.mts';

jest.setTimeout(60_000);

/** Runs the command to its end, for arguments with which it does not start. */
async function ended(...args: string[]): Promise<{ code: number | null; output: string; complaint: string }> {
	const child = spawn(node24, [join(projectFolder, 'sandbox', 'main.mts'), ...args]);
	let output = '';
	let complaint = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output, complaint }));
	});
}

it('shows its options when it is asked for help', async () => {
	const { code, output } = await ended('--help');
	expect(code).toBe(0);
	expect(output).toContain('--port 4460');
});

it.each([
	[['--port', 'abc'], '--port abc is not a number from 0 to 65000'],
	[['--port', '70000'], '--port 70000 is not a number from 0 to 65000'],
	[['--pace', 'fast'], '--pace fast is not a number above 0'],
	[['--pace', '0'], '--pace 0 is not a number above 0'],
	[['--prot', '4600'], "Unknown option '--prot'"],
])('says what is wrong with %p, and what there is', async (args, reason) => {
	const { code, complaint } = await ended(...args);
	expect(code).toBe(2);
	expect(complaint).toContain(reason);
	expect(complaint).toContain('--manual');
	expect(complaint).not.toMatch(/^\s+at /m);
});

it('says what to do when its ports are taken', async () => {
	const taken = createServer();
	const port = await new Promise<number>((resolve) =>
		taken.listen(0, '127.0.0.1', () => {
			const address = taken.address();
			resolve(address !== null && typeof address === 'object' ? address.port : 0);
		}),
	);
	try {
		// The console takes the port before the first provider's port.
		const { code, complaint } = await ended('--port', String(port - 1));
		expect(code).toBe(1);
		expect(complaint).toContain(`address already in use 127.0.0.1:${port}`);
		expect(complaint).toContain('choose other ports');
		expect(complaint).not.toMatch(/^\s+at /m);
	} finally {
		taken.close();
	}
});
