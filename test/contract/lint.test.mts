import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectFolder } from '../../host/folders.mts';
import { runCommand } from '../../scripts/test/command.mts';

const MINUTE_MS = 60_000;

it(
	"the lint of the contracts finds a reference that leads nowhere, and an object's field in the wrong form",
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'contract-'));
		try {
			const contract = readFileSync(join(projectFolder, 'contracts', 'okipays.openapi.yaml'), 'utf8');
			const planted = join(folder, 'planted.yaml');
			const broken = contract
				.replace(/#\/components\/schemas\/\w+/, '#/components/schemas/Nowhere')
				.replace('operationId:', 'operationIdentity:');
			writeFileSync(planted, broken);
			const command = join(projectFolder, 'node_modules', '.bin', 'redocly');
			const { code, output } = await runCommand([command, 'lint', planted, '--format', 'stylish'], {
				timeoutMs: 5 * MINUTE_MS,
			});
			expect(output).toContain("Can't resolve $ref");
			expect(output).toContain('Property `operationIdentity` is not expected here');
			expect(code).toBe(1);
		} finally {
			rmSync(folder, { recursive: true });
		}
	},
	6 * MINUTE_MS,
);
