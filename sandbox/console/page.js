const HINTS = {
	dns: 'Paste this address into the credential: its name does not exist.',
	'connection-refused': 'Closes the port for 15 seconds.',
	'tls-handshake': 'Paste this address into the credential: it speaks no TLS.',
	'reset-before-reading': 'The connection breaks before anything is read. Not applied.',
	'reset-after-applying': 'Applied, then the connection breaks.',
	'timeout-before-applying': 'No answer ever comes. Not applied.',
	'timeout-after-applying': 'Applied, but no answer ever comes.',
	'half-a-body': 'Applied; the answer breaks off in the middle.',
	'slow-drip': 'Applied; the answer comes a byte every 5 seconds.',
	unauthorized: 'A gateway answers 401.',
	redirect: 'A gateway answers 307 to another host.',
	'too-many-requests': 'A gateway answers 429, Retry-After 1.',
	'bad-gateway': 'A gateway answers 502 with a page of HTML.',
	'ok-but-wrong': 'HTTP 200 with a page of HTML.',
};
/** Stands for every operation that is more than a read. */
const CHANGES = '*';
const ANSWERED = ['unauthorized', 'redirect', 'too-many-requests', 'bad-gateway', 'ok-but-wrong'];
const byId = (id) => document.getElementById(id);
const shown = new Map();

async function request(method, path, body) {
	const json = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
	const response = await fetch(path, { method, ...json });
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
	return answer;
}

async function command(method, path, body) {
	try {
		await request(method, path, body);
		complain('');
	} catch (error) {
		complain(error.message);
	}
	await refresh();
}

function complain(text) {
	byId('message').textContent = text;
	byId('message').hidden = text === '';
}

function recordTable(provider, rows) {
	const columns = Object.keys(rows[0]?.cells ?? {});
	return table(
		columns,
		rows.map(({ id, cells, actions, rows: lines }) => ({
			cells: { ...cells, ...(cells.Status && { Status: badge(cells.Status) }) },
			actions: actions.map((action) =>
				button(labelOf(action), () => command('POST', '/api/act', { provider, action, id })),
			),
			nested: lines?.length ? recordTable(provider, lines) : undefined,
		})),
	);
}

function deliveryRow(provider, delivery) {
	const { id, event, reference, body, state, attempts, nextAttemptAt, createdAt } = delivery;
	const results = attempts.map(
		({ at, status, error, responseBody }) => `${time(at)}  ${status ?? error}  ${responseBody ?? ''}`,
	);
	const next = nextAttemptAt && state === 'waiting' ? `next at ${time(nextAttemptAt)}` : '';
	const summary = [attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`, next]
		.filter(Boolean)
		.join(', ');
	const details = unfold(id, summary, [...results, '', body].join('\n'));
	const deliver = (forge) => () => command('POST', '/api/deliver', { provider, id, ...(forge && { forge }) });
	return {
		cells: {
			Time: time(createdAt),
			Event: event,
			Reference: reference,
			State: stateOf(state),
			Attempts: details,
		},
		actions: [button('Resend', deliver()), button('Forge signature', deliver('signature'))],
	};
}

const WHY = {
	unsent: 'No Callback URL is set. Save one under Webhooks, then press Resend.',
	abandoned: 'Nobody acknowledged it, and no retry is left.',
};

/** The state of a delivery, with the reason where it did not arrive. */
function stateOf(state) {
	if (!WHY[state]) return badge(state);
	return element('div', {}, badge(state), element('p', { className: 'why', textContent: WHY[state] }));
}

function bookRow([reference, count]) {
	return { cells: { Reference: reference, Applied: badge(count === 1 ? 'once' : `${count} times`) } };
}

function requestRow({ id, at, method, path, name, verdict, fault, body }) {
	const reason = [verdict.code, verdict.reason].filter(Boolean).join(' ');
	const call = unfold(`request-${id}`, `${method} ${path}`, body || '(no body)');
	return {
		cells: {
			Time: time(at),
			Operation: name ?? 'unknown',
			Verdict: badge(verdict.kind),
			Fault: fault ?? '',
			Reason: reason,
			Call: call,
		},
	};
}

/** The choice of what a fault strikes. Check First reads before it sends, so the first choice lets reads pass. */
function operationChoices(operations) {
	const named = operations
		.map(({ id, name }) => element('option', { value: id, textContent: name }))
		.sort((one, other) => one.textContent.localeCompare(other.textContent));
	return [
		element('option', { value: CHANGES, textContent: 'The next that creates or pays, no read' }),
		element('option', { value: '', textContent: 'The next of any kind' }),
		element('optgroup', { label: 'Only this one' }, ...named),
	];
}

/** Makes the forms once, so that no refresh takes away what a person is typing. */
function openProvider(provider, faultKinds) {
	const { name } = provider;
	const section = byId('provider').content.cloneNode(true).firstElementChild;
	const slot = (of) => section.querySelector(`[data-slot="${of}"]`);
	const form = (of) => section.querySelector(`[data-form="${of}"]`);
	const { kind, applied } = form('fault').elements;
	const hint = () => {
		const address = provider.brokenAddresses[kind.value];
		slot('fault-hint').textContent = [HINTS[kind.value], kind.value !== 'connection-refused' && address]
			.filter(Boolean)
			.join(' ');
		applied.disabled = !ANSWERED.includes(kind.value);
	};
	slot('title').textContent = provider.title;
	slot('credential').append(
		...[['Base URL', provider.url], ...Object.entries(provider.credential)].flatMap(([label, value]) =>
			copied(label, value),
		),
	);
	slot('broken').append(
		...Object.entries(provider.brokenAddresses).flatMap(([fault, url]) => copied(fault, url)),
	);
	form('fault').elements.operation.append(...operationChoices(provider.operations));
	kind.append(...faultKinds.map((each) => element('option', { textContent: each })));
	kind.value = 'timeout-after-applying';
	kind.onchange = hint;
	hint();
	form('callback').onsubmit = (event) => {
		event.preventDefault();
		void command('POST', '/api/callback', { provider: name, url: event.target.elements.url.value });
	};
	form('fault').onsubmit = (event) => {
		event.preventDefault();
		const { operation, nth, times } = Object.fromEntries(new FormData(event.target));
		const plan = { provider: name, kind: kind.value, nth: Number(nth), times: Number(times) };
		if (operation === CHANGES) plan.onlyChanges = true;
		else if (operation) plan.operation = operation;
		if (applied.checked && !applied.disabled) plan.applied = true;
		void command('POST', '/api/faults', plan);
	};
	byId('providers').append(section);
	const tab = element('a', { href: `#${name}`, textContent: provider.title });
	byId('tabs').append(tab);
	return { section, slot, tab };
}

/** Shows the provider in the page's address, or the mails; else the first provider. */
function choose() {
	const wanted = location.hash.slice(1);
	const chosen = shown.has(wanted) ? wanted : shown.keys().next().value;
	for (const [name, { section, tab }] of shown) {
		section.hidden = name !== chosen;
		if (name === chosen) tab.setAttribute('aria-current', 'page');
		else tab.removeAttribute('aria-current');
	}
}

/** Names the tables without rows in one line, so that the tables with rows stay in sight. */
function emptyNote(tables) {
	const titles = tables.filter(({ rows }) => rows.length === 0).map(({ title }) => title);
	if (titles.length === 0) return [];
	return [element('p', { className: 'empty', textContent: `Nothing yet: ${titles.join(', ')}` })];
}

function planned(faults, operations) {
	if (faults.length === 0) return [];
	const nameOf = ({ operation, onlyChanges }) =>
		operations.find(({ id }) => id === operation)?.name ??
		operation ??
		(onlyChanges ? 'what creates or pays' : 'any operation');
	const lines = faults.map((plan) => {
		const { kind, nth = 1, times = 1 } = plan;
		const which = times === 1 ? `request ${nth}` : `requests ${nth} to ${nth + times - 1}`;
		return element('li', {}, element('strong', { textContent: kind }), ` on ${nameOf(plan)}, ${which}`);
	});
	return [element('ul', {}, ...lines), button('Clear all', () => command('DELETE', '/api/faults'))];
}

/** Shows a callback URL that was set through the control interface, unless a person is typing one here. */
function showCallback(known, url) {
	if (known.callbackUrl === url) return;
	known.callbackUrl = url;
	known.section.querySelector('[name="url"]').value = url;
}

function show(provider, { faults, faultKinds }) {
	const known = shown.get(provider.name) ?? openProvider(provider, faultKinds);
	shown.set(provider.name, known);
	const state = JSON.stringify([provider, faults]);
	// An unchanged page is not drawn again, so everything unfolded, selected or focused stays so.
	if (known.state === state) return;
	known.state = state;
	const { slot } = known;
	const { name, tables, deliveries, requests } = provider;
	const books = Object.entries(provider.appliedPerReference).map(bookRow);
	const open = new Set(
		[...slot('tables').querySelectorAll('details[open]')].map(({ dataset }) => dataset.key),
	);
	showCallback(known, provider.callbackUrl ?? '');
	slot('port').replaceChildren(badge(provider.isListening ? 'listening' : 'closed'));
	slot('faults').replaceChildren(
		...planned(
			faults.filter((plan) => !plan.provider || plan.provider === name),
			provider.operations,
		),
	);
	const deliveryTable = table(
		['Time', 'Event', 'Reference', 'State', 'Attempts'],
		deliveries.map((each) => deliveryRow(name, each)),
	);
	const requestTable = table(
		['Time', 'Operation', 'Verdict', 'Fault', 'Reason', 'Call'],
		requests.map(requestRow),
	);
	slot('tables').replaceChildren(
		card('Books: how often each reference was applied', books.length, table(['Reference', 'Applied'], books)),
		card('Webhook deliveries', deliveries.length, deliveryTable),
		...tables
			.filter(({ rows }) => rows.length > 0)
			.map(({ title: heading, rows }) => card(heading, rows.length, recordTable(name, rows))),
		...emptyNote(tables),
		card('Last requests', requests.length, requestTable),
	);
	for (const details of slot('tables').querySelectorAll('details'))
		details.open = open.has(details.dataset.key);
}

/** Shows the mails, the newest first. */
function showMails(mails) {
	const section = byId('mails');
	const list = section.querySelector('[data-slot="mails"]');
	if (!shown.has('mails')) {
		const tab = element('a', { href: '#mails' });
		byId('tabs').append(tab);
		shown.set('mails', { section, tab });
	}
	const known = shown.get('mails');
	known.tab.textContent = `Mails (${mails.length})`;
	// A mail never changes, so only new ones are added, or none is left.
	if (mails.length < list.children.length) list.replaceChildren();
	for (const mail of mails.slice(list.children.length)) list.prepend(mailCard(mail));
	section.classList.toggle('empty', mails.length === 0);
}

function mailCard({ to, subject, html, links }) {
	const buttons = Object.entries(links).map(([text, href]) =>
		element('a', { className: 'link', href, target: '_blank', rel: 'noreferrer', textContent: text }),
	);
	return element(
		'article',
		{ className: 'card' },
		element('h3', { textContent: subject }),
		element('p', { className: 'hint', textContent: `To ${to.join(', ')}` }),
		element(
			'div',
			{ className: 'mail' },
			...plainly(new DOMParser().parseFromString(html, 'text/html').body),
		),
		element('p', { className: 'links' }, ...buttons),
	);
}

async function refresh() {
	const connection = byId('connection');
	try {
		const state = await request('GET', '/api/state');
		for (const provider of state.providers) show(provider, state);
		if (state.mails) showMails(state.mails);
		choose();
		connection.replaceWith(Object.assign(badge('connected'), { id: 'connection' }));
	} catch {
		connection.replaceWith(Object.assign(badge('offline'), { id: 'connection' }));
	}
}

byId('reset').onclick = () => {
	if (confirm('Forget all records, requests, deliveries and faults?')) void command('POST', '/api/reset');
};
window.onhashchange = choose;
await refresh();
setInterval(refresh, 1000);
