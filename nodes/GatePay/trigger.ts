import type { IWebhookFunctions } from 'n8n-workflow';
import type { Filter } from './webhook';

/** The secret of the trigger's credential; '' when it cannot be read, which lets nothing through. */
export async function secretOf(context: IWebhookFunctions): Promise<string> {
	try {
		const { paymentSecret } = await context.getCredentials('gatePayApi');
		return typeof paymentSecret === 'string' ? paymentSecret.trim() : '';
	} catch {
		// Throwing here would start an execution with an empty item.
		return '';
	}
}

export function filterOf(context: IWebhookFunctions): Filter {
	return {
		events: texts(context.getNodeParameter('events', [])),
		statuses: texts(context.getNodeParameter('statuses', [])),
	};
}

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
