import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const hostFolder = join(projectFolder, 'scripts', 'host');

/** Git-ignored: tarballs, reports, logs, pictures. */
export const cacheFolder = join(projectFolder, '.cache');

/** Node 24. Not process.execPath: the caller may be an older Node. */
export const node24 = join(projectFolder, 'node_modules', '.bin', 'node');
