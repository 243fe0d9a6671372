import type {
	IAdditionalCredentialOptions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { receiveCallback } from '../../core/events/callback.ts';
import { receiveWebhook, type Delivery, type WebhookTrigger } from '../../core/events/webhook.ts';

export interface Play {
	trigger: WebhookTrigger;
	credentials: ICredentialDataDecryptedObject;
	parameters?: IDataObject;
	/** What the sleeping execution has kept, as an expression gives it. Called anew for each delivery. */
	held?: () => unknown;
	/** The provider's answer to a request of the trigger. */
	answer?: (request: IHttpRequestOptions) => Answer | Promise<Answer>;
}

export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body: string;
}

export interface Delivered {
	/** 200 unless the trigger answered by itself. */
	status: number;
	body: unknown;
	/** The items of the execution that was started; undefined when none was. */
	items: IDataObject[] | undefined;
}

/** A webhook trigger on a stage of its own: the provider's answers are scripted, n8n's part is played. */
export function webhookStage({ trigger, credentials, parameters = {}, held, answer }: Play) {
	const requests: IHttpRequestOptions[] = [];
	const warnings: string[] = [];
	/** The values that sign each request; undefined where n8n has to read them once more. */
	const signedWith: Array<ICredentialDataDecryptedObject | undefined> = [];
	const respond = async (request: IHttpRequestOptions) => {
		requests.push(request);
		if (!answer) throw new Error('Nothing is to be asked');
		const { status = 200, headers = {}, body } = await answer(request);
		return { statusCode: status, headers, body };
	};

	async function received(
		receive: typeof receiveWebhook,
		{ headers, body }: Delivery,
		more: object,
	): Promise<Delivered> {
		const sent: { status?: number; body?: unknown } = {};
		const response = {
			status: (code: number) => Object.assign(response, { sent: (sent.status = code) }),
			json: (content: unknown) => Object.assign(response, { sent: (sent.body = content) }),
			end: () => response,
		};
		// What the receiving functions use of n8n's context, and no more.
		const context: unknown = {
			getNode: () => ({ name: 'Example Pay' }),
			evaluateExpression: () => JSON.stringify(held?.()),
			getCredentials: () => Promise.resolve(credentials),
			getRequestObject: () => ({ rawBody: body, ...more }),
			getHeaderData: () => headers,
			getResponseObject: () => response,
			getNodeParameter: (name: string, fallback: unknown) =>
				name in parameters ? parameters[name] : fallback,
			logger: { warn: (text: string) => warnings.push(text) },
			helpers: {
				httpRequestWithAuthentication: (
					_credential: string,
					request: IHttpRequestOptions,
					signing?: IAdditionalCredentialOptions,
				) => {
					signedWith.push(signing?.credentialsDecrypted?.data);
					return respond(request);
				},
				httpRequest: respond,
			},
		};
		const result = await receive.call(context as IWebhookFunctions, trigger);
		return {
			status: sent.status ?? 200,
			body: sent.status === undefined ? result.webhookResponse : sent.body,
			items: result.workflowData?.flat().map(({ json }) => json),
		};
	}

	const deliver = (delivery: Delivery, more: object = {}) => received(receiveWebhook, delivery, more);
	/** Delivers to the URL that wakes an execution. */
	const callBack = (delivery: Delivery) => received(receiveCallback, delivery, {});

	return { deliver, callBack, requests, warnings, signedWith };
}
