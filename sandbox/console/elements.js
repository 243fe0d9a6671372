const GOOD = /^(once|DONE|SUCCESS|PAID|delivered|accepted|listening|connected|1 approved)/;
const BAD = /^(\d+ times|FAIL|ERROR|abandoned|refused|unread|expired|closed|offline|99 )/;
const BUSY = /^(PENDING|PROCESSING|CHECK|INIT|DISPATCHED|PARTIAL|waiting|2 |3 )/;
const SHORT = 30;

/** A new element with properties and children. A child may be an element or a text. */
export function element(name, properties = {}, ...children) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

/** A short text in a coloured frame; the colour follows the text. */
export function badge(text) {
	const mood = GOOD.test(text) ? 'good' : BAD.test(text) ? 'bad' : BUSY.test(text) ? 'busy' : '';
	return element('span', { className: `badge ${mood}`, textContent: text });
}

/** The text of an action's button: `confirmDeposit` becomes `Confirm`, because the table says what is confirmed. */
export function labelOf(action) {
	const words = action
		.replace(/(Deposit|Withdrawal|Payout|BankAccount)$/, '')
		.replace(/BankMaterial$/, 'Material');
	const text = words.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A button that calls `onclick`. */
export function button(text, onclick) {
	return element('button', { className: 'small', type: 'button', textContent: text, onclick });
}

/** A table cell. An ID or an amount stays on one line; only a long text may wrap. A telephone shows its column beside it. */
function cell(column, content) {
	const isLong = typeof content === 'string' && content.length > SHORT;
	const made = element('td', { className: isLong ? 'long' : '' }, content);
	made.dataset.column = column;
	return made;
}

/** A name with its value, and a button that copies the value. */
export function copied(name, value) {
	const copy = button('Copy', async () => {
		await navigator.clipboard.writeText(value);
		copy.textContent = 'Copied';
		setTimeout(() => (copy.textContent = 'Copy'), 1500);
	});
	copy.ariaLabel = `Copy ${name}`;
	return [element('dt', { textContent: name }), element('dd', {}, element('span', {}, value), copy)];
}

/** A table with one row for each list of cells. */
export function table(columns, rows) {
	if (rows.length === 0) return element('p', { className: 'empty', textContent: 'Nothing yet.' });
	const head = element('tr', {}, ...columns.map((column) => element('th', { textContent: column })));
	const body = rows.flatMap(({ cells, actions = [], nested }) => {
		const tds = columns.map((column) => cell(column, cells[column] ?? ''));
		if (actions.length > 0) tds.push(element('td', { className: 'actions' }, element('div', {}, ...actions)));
		const row = element('tr', {}, ...tds);
		if (!nested) return [row];
		return [
			row,
			element('tr', {}, element('td', { className: 'nested', colSpan: columns.length + 1 }, nested)),
		];
	});
	if (rows.some(({ actions = [] }) => actions.length > 0))
		head.append(element('th', { textContent: 'Actions' }));
	const parts = [element('thead', {}, head), element('tbody', {}, ...body)];
	// On a narrow screen the table is wider than its frame. The keyboard scrolls only what has the focus.
	const frame = { className: 'scroll', tabIndex: 0, role: 'group', ariaLabel: columns.join(', ') };
	return element('div', frame, element('table', {}, ...parts));
}

/** A section of the page: a title, the number of objects in it, and the content. */
export function card(title, count, ...content) {
	const heading = element(
		'h3',
		{ textContent: title },
		element('span', { className: 'count', textContent: count || '' }),
	);
	return element('article', { className: 'card' }, heading, ...content);
}

/** The local time of day of Unix milliseconds. */
export const time = (at) => new Date(at).toLocaleTimeString('en-GB');

/** A text that opens when its summary is clicked. By its `key` the page finds it again after a refresh. */
export function unfold(key, summary, text) {
	const details = element(
		'details',
		{},
		element('summary', { textContent: summary }),
		element('pre', { textContent: text }),
	);
	details.dataset.key = key;
	return details;
}

const KEPT = ['TABLE', 'THEAD', 'TBODY', 'TR', 'TD', 'TH', 'P', 'BR', 'UL', 'OL', 'LI', 'STRONG', 'B'];
const DROPPED = ['SCRIPT', 'STYLE', 'TITLE', 'TEMPLATE'];

/** The texts of a foreign page in new elements without attributes, so that nothing of it can run, load or lead away. */
export function plainly(foreign) {
	return [...foreign.childNodes].flatMap((node) => {
		if (node.nodeType === Node.TEXT_NODE) return [node.textContent];
		if (!(node instanceof Element) || DROPPED.includes(node.tagName)) return [];
		const inner = plainly(node);
		if (/^(H\d|DIV)$/.test(node.tagName)) return [element('p', {}, ...inner)];
		return KEPT.includes(node.tagName) ? [element(node.tagName, {}, ...inner)] : inner;
	});
}
