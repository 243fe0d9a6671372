// npm test [-- --quick | --ci | --all] [-- SUITE ...]: installs what is missing, then runs the suites with Node 24.
import { join } from 'node:path';

import { projectFolder, setupOrExit } from './setup.mjs';
import { runWithNode24 } from './setup/node24.mjs';

await setupOrExit();
runWithNode24(join(projectFolder, 'scripts', 'test', 'main.mts'), process.argv.slice(2));
