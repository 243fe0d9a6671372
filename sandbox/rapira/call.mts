import type { Fields } from '../values.mts';
import type { World } from './world.mts';

/** A request that is authentic and fits the contract. */
export interface Call {
	operation: string;
	path: string;
	query: Fields;
	body: Fields;
}

export type Handler = (call: Call, world: World) => unknown;

/** Marks an amount that `toJson` writes as a JSON number with exactly these digits. */
export function number(amount: string): string {
	return `${MARK}${amount}`;
}

const MARK = 'exact number ';

/** JSON text in which the amounts of `number` are numbers. */
export function toJson(value: unknown): string {
	return JSON.stringify(value).replace(new RegExp(`"${MARK}(-?[\\d.]+)"`, 'g'), '$1');
}

/** The rows of one page, counted from 0. */
export function pageOf<Row>(rows: Row[], page: number, pageSize: number): Row[] {
	return rows.slice(page * pageSize, (page + 1) * pageSize);
}
