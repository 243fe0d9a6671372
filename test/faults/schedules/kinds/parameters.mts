import type { IDataObject, INodeParameters, NodeParameterValueType } from 'n8n-workflow';

type Change = (name: string, value: string) => string;

/** Every text of the parameters, by the name of its field. */
export function withTexts(parameters: INodeParameters, change: Change): INodeParameters {
	const entries = Object.entries(parameters).map(([name, value]) => [name, changed(name, value, change)]);
	return Object.fromEntries(entries);
}

function changed(name: string, value: unknown, change: Change): NodeParameterValueType {
	if (typeof value === 'string') return change(name, value);
	if (Array.isArray(value)) return value.map((one) => changed(name, one, change)) as NodeParameterValueType;
	if (typeof value !== 'object' || value === null) return value as NodeParameterValueType;
	// The value of a resource locator has the locator's name.
	const isLocator = '__rl' in value;
	const entries = Object.entries(value).map(([key, inner]) => [
		key,
		isLocator && key !== 'value' ? inner : changed(isLocator ? name : key, inner, change),
	]);
	return Object.fromEntries(entries) as INodeParameters;
}

const AMOUNT = /amount|price|sum$/i;
const DECIMAL = /^\d+(?:\.\d+)?$/;

/** A decimal that says how much. */
export const isAmount: (name: string, value: string) => boolean = (name, value) =>
	AMOUNT.test(name) && DECIMAL.test(value) && Number(value) > 0;

/** Somebody who is paid. */
export const isRecipient = (name: string, value: string): boolean =>
	/^(address|wallet|user_id)$/.test(name) && !value.startsWith('=');

/** Whether the parameters of an operation have such a text. */
export function has(parameters: INodeParameters, is: (name: string, value: string) => boolean): boolean {
	let isThere = false;
	withTexts(parameters, (name, value) => {
		isThere ||= is(name, value);
		return value;
	});
	return isThere;
}

/** The same amount in other digits. */
export function respelled(amount: string): string {
	return amount.includes('.') ? `${amount}0` : `${amount}.0`;
}

/** The parameters of one item as they are without expressions. */
export function literal(parameters: INodeParameters, item: IDataObject): INodeParameters {
	const filled = (text: string) =>
		text.replace(/\{\{ \$json\.(\w+) \}\}/g, (_whole, name: string) => String(item[name]));
	return withTexts(parameters, (_name, value) =>
		value.startsWith('={{ $json.') ? filled(value.slice(1)) : value,
	);
}
