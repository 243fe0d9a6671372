/** node --expose-gc bench/growing.mts payouts|reads ITEMS: makes one run in n8n's engine and prints its cost as JSON. */
import '../scripts/typescript.mjs';
import { payoutParameters, readParameters, recipients } from './flow.mts';

const { runInEngine } = await import('./engine.mts');
const [what, count] = process.argv.slice(2);
const cases = {
	payouts: { prefix: 'r', parameters: payoutParameters({}) },
	reads: { prefix: 'known', parameters: readParameters() },
};
if (what !== 'payouts' && what !== 'reads') throw new Error('payouts or reads?');
const { prefix, parameters } = cases[what];
await runInEngine(recipients(200, `${prefix}_warm`), parameters);
const { total, heap, items } = await runInEngine(recipients(Number(count), prefix), parameters);
console.log(JSON.stringify({ items, milliseconds: total, bytes: heap }));
