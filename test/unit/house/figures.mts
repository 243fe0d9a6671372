import { FLOORS, arrows, isUpward, roomOf } from './rules.mts';
import { graphOf, knotsOf, topLevelNames, type Graph, type Sources } from './sources.mts';

/** The structure of core/ in one line: rooms, floors, arrows between rooms, arrows back up, circles, and double names. */
export function figuresOf(sources: Sources): string {
	const core = new Map([...sources].filter(([file]) => file.startsWith('core/')));
	const graph = graphOf(core);
	const rooms = roomsOf(graph);
	const between = arrows(rooms);
	const names = [...core].flatMap(([file, text]) => topLevelNames(file, text));
	const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
	return [
		`${rooms.size} rooms on ${FLOORS.length} floors`,
		`${between.length} arrows between rooms`,
		`${between.filter(([from, to]) => isUpward(FLOORS, from, to)).length} back up`,
		`${knotsOf(rooms).flat().length} rooms and ${knotsOf(graph).flat().length} files in circles`,
		`${knotsOf(graphOf(sources)).length} circles in the whole house`,
		`${twice.size} names declared twice${twice.size > 0 ? `: ${[...twice].sort().join(', ')}` : ''}`,
	].join(', ');
}

/** Which rooms each room of core/ imports from. */
export function roomsOf(graph: Graph): Graph {
	const rooms = new Map<string, string[]>();
	for (const file of graph.keys()) rooms.set(roomOf(file), []);
	for (const [from, to] of arrows(graph)) {
		const targets = rooms.get(roomOf(from));
		if (roomOf(from) !== roomOf(to) && !targets?.includes(roomOf(to))) targets?.push(roomOf(to));
	}
	return rooms;
}
