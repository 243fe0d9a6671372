import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where n8n is installed: the pinned one, or another one to try the package on (CONTRIBUTING.md says how). */
export const hostFolder = process.env['TRY_N8N_FOLDER'] ?? join(projectFolder, 'host', 'n8n');

/** Tarballs, reports, logs and pictures. Git ignores this folder. */
export const cacheFolder = join(projectFolder, '.cache');

/** Node 24. Not process.execPath: the caller may be an older Node. */
export const node24 = join(projectFolder, 'node_modules', '.bin', 'node');

/** The Node that runs n8n. Another n8n may want another Node. */
export const hostNode = process.env['TRY_N8N_NODE'] ?? node24;
