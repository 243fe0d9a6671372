import type { DeliveryRules } from '../deliveries.mts';
import { notificationShape } from './shapes.mts';
import type { BridgePayState, Invoice } from './state.mts';
import type { World } from './world.mts';

/** Only the status 200 acknowledges ("200 exactly"). Otherwise two more attempts follow, 60 s apart. */
export function deliveryRules(state: () => BridgePayState): DeliveryRules {
	const tokenOf = (body: string): string => {
		const id: unknown = JSON.parse(body).invoice?.id;
		return state().invoices.find((invoice) => invoice.id === id)?.notificationToken ?? '';
	};
	return {
		// The token is a shared secret and no signature, so an altered body arrives with the right token.
		headers: (body) => ({ 'X-Notification-Token': body === '' ? '' : tokenOf(body) }),
		forgedHeaders: () => ({ 'X-Notification-Token': 'not-the-notification-token' }),
		isAcknowledged: (status) => status === 200,
		retries: [60_000, 60_000],
	};
}

/** Whether the URL is on this machine. No notification leaves it; one to another host is only shown. */
function onThisMachine(url: string): boolean {
	return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** Notifies the merchant of the invoice's status. Called at every change of it. */
export function notify(world: World, invoice: Invoice): void {
	const { notificationUrl, status, type } = invoice;
	const body = JSON.stringify(notificationShape(invoice, world.now()));
	const own = onThisMachine(notificationUrl) ? { ownUrl: notificationUrl } : {};
	world.deliveries.send(`${type === 'in' ? 'PAY-IN' : 'PAY-OUT'} ${status}`, body, own);
}
