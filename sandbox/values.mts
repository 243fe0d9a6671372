/** Values that a contract has already checked. A value of another type is a fault of the sandbox. */
export type JsonRecord = Record<string, unknown>;

/** Whether the value is an object with members: neither a list nor null. */
export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the members of a checked object by their type. */
export class Fields {
	readonly #values: JsonRecord;

	constructor(values: unknown) {
		this.#values = isRecord(values) ? values : {};
	}

	has(name: string): boolean {
		return this.#values[name] !== undefined;
	}

	text(name: string): string {
		const value = this.#values[name];
		if (typeof value !== 'string') throw new Error(`Expected the text ${name}`);
		return value;
	}

	textOr<Fallback>(name: string, fallback: Fallback): string | Fallback {
		return this.has(name) ? this.text(name) : fallback;
	}

	isNumber(name: string): boolean {
		return typeof this.#values[name] === 'number';
	}

	isNull(name: string): boolean {
		return this.#values[name] === null;
	}

	/** An absent flag is false. */
	flag(name: string): boolean {
		return this.#values[name] === true;
	}

	number(name: string): number {
		const value = this.#values[name];
		if (typeof value !== 'number') throw new Error(`Expected the number ${name}`);
		return value;
	}

	numberOr<Fallback>(name: string, fallback: Fallback): number | Fallback {
		return this.has(name) ? this.number(name) : fallback;
	}

	/** A text or a number, as text. A header is a number only where the contract says so. */
	scalar(name: string): string {
		const value = this.#values[name];
		return typeof value === 'number' ? String(value) : this.text(name);
	}

	object(name: string): Fields | undefined {
		return this.has(name) ? new Fields(this.#values[name]) : undefined;
	}

	/** The value as it is. A provider keeps it and gives it back. */
	value(name: string): unknown {
		return this.#values[name];
	}

	list(name: string): Fields[] {
		const value = this.#values[name];
		if (!Array.isArray(value)) throw new Error(`Expected the list ${name}`);
		return value.map((item) => new Fields(item));
	}
}
