import axios from 'axios';

import type { Scheduler } from './scheduler.mts';

export interface DeliveryAttempt {
	at: number;
	url: string;
	headers: Record<string, string>;
	/** Absent when nobody answered. */
	status?: number;
	responseBody?: string;
	error?: string;
	acknowledged: boolean;
}

/** waiting: another attempt will come. unsent: no callback URL was set. abandoned: the last retry was not acknowledged. */
export type DeliveryState = 'waiting' | 'delivered' | 'abandoned' | 'unsent';

export type Forgery = 'signature' | 'body' | 'unsigned';

export interface Delivery {
	id: string;
	/** The provider's name of the event, such as OTC RECHARGE_SUCCESS. */
	event: string;
	/** The exact text on the wire. */
	body: string;
	/** The URL that the order itself was made with. The notification goes there when no callback URL is set. */
	ownUrl?: string;
	createdAt: number;
	attempts: DeliveryAttempt[];
	state: DeliveryState;
	nextAttemptAt?: number;
	forgery?: Forgery;
}

/** How one provider signs notifications, what it takes for an acknowledgement and how often it tries again. */
export interface DeliveryRules {
	headers(body: string, at: number): Record<string, string>;
	forgedHeaders(body: string, at: number): Record<string, string>;
	isAcknowledged(status: number, body: string): boolean;
	/** For providers that act on the receiver's answer. A forgery does not call it. */
	answered?(delivery: Delivery, attempt: DeliveryAttempt): void;
	/** The URL of the object itself comes before the account's callback URL. */
	ownUrlFirst?: true;
	/** The pause before each repetition, in milliseconds. */
	retries: number[];
}

/** How long the sandbox waits for an answer. No provider documents its time limit. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Sends webhooks until they are acknowledged, and remembers every attempt. */
export class Deliveries {
	readonly all: Delivery[] = [];
	callbackUrl: string | undefined;
	readonly #rules: DeliveryRules;
	readonly #scheduler: Scheduler;
	readonly #clock: () => number;
	#count = 0;

	constructor(rules: DeliveryRules, scheduler: Scheduler, clock: () => number) {
		this.#rules = rules;
		this.#scheduler = scheduler;
		this.#clock = clock;
	}

	send(
		event: string,
		body: string,
		{ forgery, ownUrl }: { forgery?: Forgery; ownUrl?: string } = {},
	): Delivery {
		this.#count += 1;
		const delivery: Delivery = {
			id: `delivery-${this.#count}`,
			event,
			body,
			createdAt: this.#clock(),
			attempts: [],
			state: this.callbackUrl || ownUrl ? 'waiting' : 'unsent',
			...(ownUrl && { ownUrl }),
			...(forgery && { forgery }),
		};
		this.all.push(delivery);
		if (delivery.state === 'waiting') this.#attemptAfter(0, delivery);
		return delivery;
	}

	/** Sends the same bytes once more, signed anew. The receiver sees a duplicate. */
	async resend(id: string): Promise<Delivery> {
		const delivery = this.#find(id);
		await this.#attempt(delivery);
		return delivery;
	}

	/** Sends once what an attacker could send who has seen a notification but does not know the secret. */
	async forge(id: string, forgery: Forgery): Promise<Delivery> {
		const original = this.#find(id);
		const body = forgery === 'body' ? altered(original.body) : original.body;
		const callbackUrl = this.callbackUrl;
		this.callbackUrl = undefined;
		const delivery = this.send(`${original.event} (forged)`, body, { forgery });
		this.callbackUrl = callbackUrl;
		if (original.ownUrl) delivery.ownUrl = original.ownUrl;
		await this.#attempt(delivery, original);
		return delivery;
	}

	clear(): void {
		this.all.length = 0;
	}

	#find(id: string): Delivery {
		const delivery = this.all.find((each) => each.id === id);
		if (!delivery) throw new Error(`There is no delivery ${id}`);
		return delivery;
	}

	#attemptAfter(milliseconds: number, delivery: Delivery): void {
		delivery.nextAttemptAt = this.#clock() + this.#scheduler.duration(milliseconds);
		this.#scheduler.after(milliseconds, () => void this.#attemptAndRetry(delivery));
	}

	async #attemptAndRetry(delivery: Delivery): Promise<void> {
		// In the meantime someone may have resent it by hand, or reset the sandbox.
		if (delivery.state !== 'waiting' || !this.all.includes(delivery)) return;
		const number = delivery.attempts.length;
		await this.#attempt(delivery);
		if (delivery.state !== 'waiting') return;
		const pause = this.#rules.retries[number];
		if (pause === undefined) delivery.state = 'abandoned';
		else this.#attemptAfter(pause, delivery);
	}

	async #attempt(delivery: Delivery, original?: Delivery): Promise<void> {
		delete delivery.nextAttemptAt;
		const { ownUrl } = delivery;
		const url = this.#rules.ownUrlFirst ? (ownUrl ?? this.callbackUrl) : (this.callbackUrl ?? ownUrl);
		if (!url) return;
		const attempt = await this.#post(url, delivery, original);
		delivery.attempts.push(attempt);
		if (attempt.acknowledged) delivery.state = 'delivered';
		else if (delivery.state === 'unsent') delivery.state = 'abandoned';
		if (!delivery.forgery) this.#rules.answered?.(delivery, attempt);
	}

	async #post(url: string, delivery: Delivery, original?: Delivery): Promise<DeliveryAttempt> {
		const at = this.#clock();
		const headers = { 'Content-Type': 'application/json', ...this.#headers(delivery, at, original) };
		const attempt = { at, url, headers };
		try {
			const { status, data } = await axios.post<string>(url, Buffer.from(delivery.body), {
				headers,
				timeout: ANSWER_TIMEOUT_MS,
				responseType: 'text',
				transformResponse: (text: string) => text,
				validateStatus: () => true,
				maxRedirects: 0,
				proxy: false,
			});
			return {
				...attempt,
				status,
				responseBody: data,
				acknowledged: this.#rules.isAcknowledged(status, data),
			};
		} catch (error) {
			return {
				...attempt,
				error: error instanceof Error ? error.message : String(error),
				acknowledged: false,
			};
		}
	}

	#headers({ body, forgery }: Delivery, at: number, original?: Delivery): Record<string, string> {
		if (forgery === 'unsigned') return {};
		if (forgery === 'signature') return this.#rules.forgedHeaders(body, at);
		// A man in the middle changes the text and has only the signature of the original.
		if (forgery === 'body') return this.#rules.headers(original?.body ?? '', at);
		return this.#rules.headers(body, at);
	}
}

/** Changes the last digit, so that the text stays well formed. */
function altered(body: string): string {
	return body.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
}
