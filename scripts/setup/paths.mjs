import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const hostFolder = join(projectFolder, 'host', 'n8n');
export const cacheFolder = join(projectFolder, '.cache');
export const binFolder = join(projectFolder, 'node_modules', '.bin');

/** Node 24 from the npm package `node`. n8n needs it, and it runs TypeScript as it is. */
export const node24 = join(binFolder, 'node');
