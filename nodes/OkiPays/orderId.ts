/** Up to so many digits an order ID can be signed beyond doubt; see Order: Get. */
const ORDER_ID = /^\d{1,14}$/;

/** An order ID as requests carry it; undefined for what Order: Get could not be asked about. */
export function checkedOrderId(text: string | undefined): number | undefined {
	return text !== undefined && ORDER_ID.test(text) ? Number(text) : undefined;
}
