import { Books } from './books.mts';
import { openBrokenAddresses, type BrokenAddresses } from './brokenAddresses.mts';
import { Deliveries, type Delivery, type Forgery } from './deliveries.mts';
import type { AddressFault, Faults } from './faults.mts';
import { magicOf, noMagic } from './magicAmounts.mts';
import { NodeOperations } from './nodeOperations.mts';
import type { ConsoleTable, Provider, ProviderFactory, ReceivedRequest } from './provider.mts';
import { Scheduler, type Timers } from './scheduler.mts';
import { ProviderServer, type Intercept } from './server.mts';

export interface Setting {
	clock: () => number;
	pace: number;
	autopilot: boolean;
	faults: Faults;
	timers: Timers;
	intercept?: Intercept | undefined;
	movesOnReset: boolean;
	magicAmounts: boolean;
}

/** One provider that listens on its port: what tests and the console see of it. */
export class RunningProvider<State = unknown, Account = unknown> {
	readonly name: string;
	readonly books: Books;
	readonly nodeOperations: NodeOperations;
	readonly #provider: Provider<State, Account>;
	readonly #server: ProviderServer;
	readonly #scheduler: Scheduler;
	readonly #faults: Faults;
	readonly #movesOnReset: boolean;
	/** How many requests had come at the last reset. */
	#countAtReset = 0;
	#broken: BrokenAddresses | undefined;

	constructor(name: string, factory: ProviderFactory<State, Account>, setting: Setting) {
		const { clock, pace, autopilot, faults, movesOnReset, magicAmounts } = setting;
		const scheduler = new Scheduler(pace);
		this.name = name;
		this.books = new Books(clock);
		this.#scheduler = scheduler;
		this.#faults = faults;
		this.#movesOnReset = movesOnReset;
		this.#provider = factory({
			clock,
			scheduler,
			autopilot,
			books: this.books,
			magic: magicAmounts ? magicOf : noMagic,
			openDeliveries: (rules) => new Deliveries(rules, scheduler, clock),
		});
		this.nodeOperations = new NodeOperations(name, this.#provider.contract);
		this.#server = new ProviderServer(name, this.#provider, {
			...setting,
			nodeOperations: this.nodeOperations,
		});
	}

	get title(): string {
		return this.#provider.title;
	}

	get url(): string {
		return this.#server.listener.url;
	}

	/** False while a connection-refused fault keeps the port closed. */
	get isListening(): boolean {
		return this.#server.listener.isOpen;
	}

	get account(): Account {
		return this.#provider.account;
	}

	/** The provider's own records; read them, and change them through act(). */
	get state(): State {
		return this.#provider.state;
	}

	/** Every request that arrived, oldest first. */
	get requests(): ReceivedRequest[] {
		return this.#server.requests;
	}

	get deliveries(): Delivery[] {
		return this.#provider.deliveries.all;
	}

	get callbackUrl(): string | undefined {
		return this.#provider.deliveries.callbackUrl;
	}

	/** Every operationId of the contract. */
	get operations(): string[] {
		return this.#provider.contract.operations;
	}

	/** Base URLs that fail before a request is sent. */
	get brokenAddresses(): Record<AddressFault, string> {
		if (!this.#broken) throw new Error(`${this.title} is not open`);
		return this.#broken.urls;
	}

	setCallbackUrl(url: string | undefined): void {
		this.#provider.deliveries.callbackUrl = url;
	}

	/** Does what a payer, a bank, a chain or a desk would do. */
	act(action: string, id: string): void {
		this.#provider.act(action, id);
	}

	tables(): ConsoleTable[] {
		return this.#provider.tables();
	}

	/** Uses up a planned address fault. A client that is about to call `operation` has to call this URL instead. */
	takeAddressFault(operation: string): { url: string } | undefined {
		const changes = this.nodeOperations.changes(operation);
		const plan = this.#faults.takeAddressFault({ provider: this.name, operation, changes });
		return plan && { url: this.brokenAddresses[plan.kind] };
	}

	resend(deliveryId: string): Promise<Delivery> {
		return this.#provider.deliveries.resend(deliveryId);
	}

	forge(deliveryId: string, forgery: Forgery): Promise<Delivery> {
		return this.#provider.deliveries.forge(deliveryId, forgery);
	}

	refuseConnectionsFor(seconds: number): Promise<void> {
		return this.#server.listener.refuseFor(seconds);
	}

	async open(port: number, notTlsPort: number): Promise<void> {
		await this.#server.listener.open(port);
		this.#broken = await openBrokenAddresses(this.name, notTlsPort);
	}

	acceptConnections(): Promise<void> {
		return this.#server.listener.reopen();
	}

	/** Goes back to the first state. The callback URL stays. */
	async reset(): Promise<void> {
		// Before anything is forgotten: a late request must not meet what the next test has planned.
		const wasCalled = this.#server.count > this.#countAtReset;
		this.#countAtReset = this.#server.count;
		if (this.#movesOnReset && wasCalled) await this.#server.listener.move();
		this.#scheduler.clear();
		this.#provider.reset();
		this.#provider.deliveries.clear();
		this.books.clear();
		this.requests.length = 0;
		await this.acceptConnections();
	}

	async close(): Promise<void> {
		this.#scheduler.stop();
		await this.#server.listener.close();
		await this.#broken?.close();
	}
}
