import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CatalogueEntry } from '../../index.ts';
import { projectFolder } from '../../host/folders.mts';

/** What dist/index.js exports: the catalogue, and each class under its name. */
export type BuiltPackage = Record<string, unknown> & { providers: CatalogueEntry[] };

function isBuilt(value: unknown): value is BuiltPackage {
	return (
		typeof value === 'object' && value !== null && 'providers' in value && Array.isArray(value.providers)
	);
}

/** Loads the built package. Needs `npm run build` before. */
export function builtPackage(): BuiltPackage {
	const built: unknown = createRequire(import.meta.url)(join(projectFolder, 'dist', 'index.js'));
	if (!isBuilt(built)) throw new Error('dist/index.js has no catalogue: run npm run build first');
	return built;
}

/** The catalogue of the built package. */
export function catalogue(): CatalogueEntry[] {
	return builtPackage().providers;
}
