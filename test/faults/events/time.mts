import { clock } from '../../../core/clock.ts';

/** Nobody waits in a schedule: its time is that of its steps, and an answer is there or it is not. */
export function withoutWaiting(): void {
	clock.sleep = () => Promise.resolve();
	clock.deadline = (_milliseconds, signal) =>
		new Promise((_resolve, reject) => {
			signal.addEventListener('abort', () => reject(new Error('It has ended')));
		});
}
