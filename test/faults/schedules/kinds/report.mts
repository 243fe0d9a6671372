import type { Failure, Tally } from '../tally.mts';

/** Which kinds were played with which provider, what happened in them, and how many failed. */
export function reportKinds({ kinds }: Tally): void {
	console.log('\nKind and provider         schedules     failed    unknown of  outcomes');
	for (const [kind, providers] of Object.entries(kinds).sort(byName)) {
		for (const [provider, counts] of Object.entries(providers).sort(byName)) {
			const cells = [counts.schedules, counts.failed, counts.unknown, counts.outcomes];
			console.log(
				`${`${kind} ${provider}`.padEnd(24)}${cells.map((cell) => String(cell).padStart(11)).join('')}`,
			);
		}
		const events: Record<string, number> = {};
		for (const counts of Object.values(providers))
			for (const [event, count] of Object.entries(counts.events))
				events[event] = (events[event] ?? 0) + count;
		const listed = Object.entries(events)
			.sort(byName)
			.map(([event, count]) => `${event} ${count}`);
		if (listed.length > 0) console.log(`  reached: ${listed.join(', ')}`);
	}
}

/** The failures by kind, provider and what is wrong, each with the first seeds. */
export function reportFailures({ failures }: Tally): void {
	const groups = new Map<string, Failure[]>();
	for (const failure of failures) {
		for (const what of new Set(failure.violations.map(withoutNames))) {
			const name = `${failure.kind} | ${failure.provider} | ${what}`;
			groups.set(name, [...(groups.get(name) ?? []), failure]);
		}
	}
	if (groups.size > 0) console.log('\nFailed, by kind, provider and what is wrong:');
	for (const [name, group] of [...groups].sort(byName)) {
		const examples = group.slice(0, 3).map(({ seed, operation }) => `${seed} ${operation.split(' ')[1]}`);
		console.log(`${String(group.length).padStart(5)}  ${name}\n         seeds ${examples.join(', ')}`);
	}
	const [first] = failures;
	if (first)
		console.log(`\nOne of them: npm run test:faults -- --kinds ${first.kind} --seed ${first.seed} --show`);
}

/** A violation without what differs from seed to seed. */
function withoutNames(violation: string): string {
	return (
		violation
			.split('\n')[0]
			?.replace(/\bt\d+_\d+\w*/g, 'ITEM')
			.replace(/[\w.:-]*\d[\w.:-]*/g, 'N')
			.slice(0, 160) ?? ''
	);
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
	return one.localeCompare(other);
}
