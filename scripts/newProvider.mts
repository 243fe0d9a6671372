// npm run new-provider -- contract.openapi.yaml: makes a provider's folder from its contract, and names it where the house
// names its providers. Signing and verdict stay to be written. Until they are, nothing that writes or moves money is sent.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../host/folders.mts';
import { filesOf } from './newProvider/files.mts';
import { readContract } from './newProvider/contract.mts';
import { listings } from './newProvider/listings.mts';
import { namesOf } from './newProvider/names.mts';
import { rowsOf } from './newProvider/rows.mts';
import { write } from './newProvider/write.mts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: npm run new-provider -- contract.openapi.yaml');

const contract = readContract(readFileSync(file, 'utf8'));
const names = namesOf(contract.title);
const folder = `nodes/${names.folder}`;
if (existsSync(join(projectFolder, folder)))
	throw new Error(`${folder} exists already. Nothing was written.`);

const rows = rowsOf(contract);
const made = filesOf({ names, contract, rows });
const listed = listings(names);
for (const [path, text] of Object.entries({ ...made, ...listed })) await write(path, text);

const left = contract.leftOut.length;
console.log(`Made ${Object.keys(made).length} files, and listed ${names.displayName} in ${Object.keys(listed).join(', ')}.
${rows.all.length} operations have a row; ${left} were left out. ${folder}/MAPPING.md says why, and asks what nobody knows yet.
Nothing that writes or moves money is sent before ${folder}/signing.ts and ${folder}/verdict.ts are written.
Next: npm run docs:operations`);
