/** Names items, e.g. `item 3` or `items 1 to 50`. The arguments count from 0, the text from 1. */
export function itemNames(first: number, last: number = first): string {
	return first === last ? `item ${first + 1}` : `items ${first + 1} to ${last + 1}`;
}
