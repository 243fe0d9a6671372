import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CatalogueEntry } from '../../index.ts';
import { projectFolder } from '../n8n/folders.mts';

function isCatalogue(value: unknown): value is { providers: CatalogueEntry[] } {
	return (
		typeof value === 'object' && value !== null && 'providers' in value && Array.isArray(value.providers)
	);
}

/** Of the built package: run the build before. */
export function catalogue(): CatalogueEntry[] {
	const built: unknown = createRequire(import.meta.url)(join(projectFolder, 'dist', 'index.js'));
	if (!isCatalogue(built)) throw new Error('dist/index.js has no catalogue: run npm run build first');
	return built.providers;
}
