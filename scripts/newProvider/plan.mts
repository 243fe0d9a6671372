import type { Contract } from './contract.mts';
import type { Names } from './names.mts';
import type { Rows } from './rows.mts';

/** What the files of a provider are made of. */
export interface Plan {
	names: Names;
	contract: Contract;
	rows: Rows;
}
