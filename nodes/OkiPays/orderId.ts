/** An order ID with at most 14 digits is signed without doubt; see Order: Get. */
const ORDER_ID = /^\d{1,14}$/;

/** An order ID in the form that requests carry. Undefined for a text that Order: Get cannot ask for. */
export function checkedOrderId(text: string | undefined): number | undefined {
	return text !== undefined && ORDER_ID.test(text) ? Number(text) : undefined;
}
