import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Run } from '../harness/index.mts';

/** One attempt to pay more than a limit allows, or to somebody else, or in another way. */
export interface Attempt {
	name: string;
	limits: ICredentialDataDecryptedObject;
	parameters: INodeParameters;
	items: IDataObject[];
	more?: Partial<Run>;
}

/** An attempt without its name. Absent parameters are those of the payment. */
type Made = Omit<Attempt, 'name' | 'parameters'> & { parameters?: INodeParameters };

/** By their names. */
export type Attempts = Record<string, Made>;
