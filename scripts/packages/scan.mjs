// node scripts/packages/scan.mjs FOLDER ...: prints what n8n's scanner of community packages finds in sources and build.
// The scanner itself takes both from npm and GitHub and asks for provenance. Here they are in the folder.
import { resolve } from 'node:path';

import { SOURCE_FILE_PATTERNS, analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const published = ['dist/**/*.js', 'package.json'];

for (const folder of process.argv.slice(2)) {
	for (const [what, patterns] of Object.entries({ sources: SOURCE_FILE_PATTERNS, published })) {
		const { passed, message, details } = await analyzePackage(resolve(folder), patterns);
		if (!passed) process.exitCode = 1;
		console.log([`${folder}, ${what}: ${passed ? 'passed' : message}`, details].filter(Boolean).join('\n'));
	}
}
