import type { INodeProperties } from 'n8n-workflow';

/** What a field says besides its type. */
type Field = Omit<INodeProperties, 'type' | 'default' | 'required'>;

/** A text that the user must type. Amounts, references and IDs are texts too, so that no digit is lost. */
export function requiredText(field: Field): INodeProperties {
	return { ...optionalText(field), required: true };
}

/** A text that may stay empty. */
export function optionalText(field: Field): INodeProperties {
	return { ...field, type: 'string', default: '' };
}

/** A point in time that the user must choose. */
export function requiredTime(field: Field): INodeProperties {
	return { ...optionalTime(field), required: true };
}

/** A point in time that may stay empty. */
export function optionalTime(field: Field): INodeProperties {
	return { ...field, type: 'dateTime', default: '' };
}
