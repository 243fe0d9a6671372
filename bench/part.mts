import type { Measured } from './statistics.mts';
import type { Stage } from './stage.mts';

/** How much is measured. */
export interface Extent {
	/** Orders in one run of a workflow. */
	orders: number;
	/** Of those that go one by one through a loop of n8n: it takes its time. */
	ordersInLoop: number;
	/** Reads in one run of a workflow. */
	reads: number;
	/** Webhook deliveries in one round. */
	deliveries: number;
	/** Items of one run in the engine. */
	items: number;
	/** Calls in one round of what takes microseconds. */
	calls: number;
	/** Rounds of what takes seconds, and of what takes less. */
	rounds: number;
	manyRounds: number;
	/** The sizes at which growth is measured: in the real n8n, and in its engine alone. */
	sizesInN8n: number[];
	sizes: number[];
}

export const FULL: Extent = {
	orders: 1000,
	ordersInLoop: 200,
	reads: 100,
	deliveries: 300,
	items: 2000,
	calls: 500,
	rounds: 5,
	manyRounds: 15,
	sizesInN8n: [100, 1000, 3000],
	sizes: [100, 1000, 10_000, 100_000],
};

/** Enough to see that all of it runs. The figures mean nothing. */
export const TINY: Extent = {
	orders: 3,
	ordersInLoop: 2,
	reads: 3,
	deliveries: 3,
	items: 5,
	calls: 3,
	rounds: 1,
	manyRounds: 1,
	sizesInN8n: [1, 2],
	sizes: [10, 20],
};

export interface Row {
	what: string;
	ours: Measured;
	unit: string;
	peer: string;
	theirs: Measured;
	/** Which of both is good; `less` unless said otherwise. */
	good?: 'more';
	/** What our figure is meant not to exceed, in its unit. */
	most?: number;
	/** How often the peer's figure (with `more`: ours) has to hold the other; absent where nothing is aimed at. */
	aim?: number;
}

/** How something grows. */
export interface Series {
	name: string;
	where: string;
	points: Array<{ items: number; milliseconds: number; megabytes?: number }>;
}

export interface Result {
	title: string;
	rows: Row[];
	series: Series[];
	/** What a reader has to know to read the figures right. Sentences. */
	notes: string[];
}

export interface Setting {
	extent: Extent;
	/** A real n8n with the packed package; started when it is first wanted. */
	stage(): Promise<Stage>;
	/** For the planted differences of Reconcile. */
	seed: number;
}

export type Part = (setting: Setting) => Promise<Result>;
