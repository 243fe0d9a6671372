import type { Measured } from './statistics.mts';
import type { Stage } from './stage.mts';

/** How much a part measures. */
export interface Extent {
	/** Orders in one run of a workflow. */
	orders: number;
	/** Orders that go one by one through a loop of n8n, which is slow. */
	ordersInLoop: number;
	/** Reads in one run of a workflow. */
	reads: number;
	/** Webhook deliveries in one round. */
	deliveries: number;
	/** Items of one run in the engine. */
	items: number;
	/** Calls in one round of work that takes microseconds. */
	calls: number;
	/** `rounds` is for work that takes seconds, `manyRounds` for work that takes less. */
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

/** Enough to show that every part runs. The figures mean nothing. */
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
	/** `more` means that the greater figure is better. Absent: the smaller one is. */
	good?: 'more';
	/** The aim: our figure stays at or under this, in its unit. */
	most?: number;
	/** The aim: how many times better ours has to be than the peer's. Absent: there is no aim. */
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
	/** Sentences that a reader needs to understand the figures. */
	notes: string[];
}

export interface Setting {
	extent: Extent;
	/** A real n8n with the packed package. It starts at the first call. */
	stage(): Promise<Stage>;
	/** The seed of the differences that Reconcile has to find. */
	seed: number;
}

export type Part = (setting: Setting) => Promise<Result>;
