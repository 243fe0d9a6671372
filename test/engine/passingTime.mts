import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { clock } from '../../core/clock.ts';
import type { ProviderName } from '../../sandbox/index.mts';
import { simulatedTime, type SimulatedTime } from '../simulatedTime.mts';
import type { Setting } from './setting.mts';

let underWay = 0;
subscribe('http.client.request.start', (message) => {
	if (!hasRequest(message)) return;
	underWay += 1;
	message.request.once('close', () => (underWay -= 1));
});

function hasRequest(message: unknown): message is { request: ClientRequest } {
	return typeof message === 'object' && message !== null && 'request' in message;
}

/** How many turns of the event loop without a request show that nothing goes on. Far fewer are needed to read an answer. */
const QUIET_TURNS = 100;

/** Waits until no request is under way and every answer has been read. Turns take less time than timers. */
async function settle(): Promise<void> {
	for (let quiet = 0; quiet < QUIET_TURNS; quiet = underWay > 0 ? 0 : quiet + 1)
		await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Lets the time of node and sandbox pass only while the node sleeps, so minutes of waiting take no time. It works for a
 * whole file, after its setting was opened.
 */
export function passingTime({ setServerTime }: Pick<Setting<ProviderName>, 'setServerTime'>): SimulatedTime {
	const time = simulatedTime(settle, Date.now());
	setServerTime(time.now);
	jest.spyOn(clock, 'now').mockImplementation(time.now);
	jest.spyOn(clock, 'sleep').mockImplementation(time.sleep);
	jest.spyOn(clock, 'random').mockImplementation(time.random);
	return time;
}

export const SECOND_MS = 1000;

/** Parameters of an operation that waits until the state is final, for ten minutes at most. */
export const waitUntil = (resource: string, operation: string, fields: INodeParameters): INodeParameters => ({
	resource,
	operation,
	...fields,
	maximumWait: 10,
	maximumWaitUnit: 'minutes',
	options: {},
});
