import type { INodeProperties } from 'n8n-workflow';
import { requiredText } from '../../../core/fields/typed';
import type { ReferenceRule } from '../../../core/provider/fieldRule';

/** The one public page. Where a call has a page of its own, its row names that page. */
export const DOCS = 'https://rapira.apidog.io';

export const addressField: INodeProperties = requiredText({
	displayName: 'Address',
	name: 'address',
	placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
});

/** Neither charset nor length is documented. */
export const addressOrHash: ReferenceRule = { kind: 'reference', maximumLength: 256 };
