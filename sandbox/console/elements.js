const GOOD = /^(once|DONE|SUCCESS|PAID|delivered|accepted|listening|connected|1 approved)/;
const BAD = /^(\d+ times|FAIL|ERROR|abandoned|refused|unread|expired|closed|offline|99 )/;
const BUSY = /^(PENDING|PROCESSING|CHECK|INIT|DISPATCHED|PARTIAL|waiting|2 |3 )/;
const SHORT = 30;

export function element(name, properties = {}, ...children) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

export function badge(text) {
	const mood = GOOD.test(text) ? 'good' : BAD.test(text) ? 'bad' : BUSY.test(text) ? 'busy' : '';
	return element('span', { className: `badge ${mood}`, textContent: text });
}

/** confirmDeposit becomes Confirm: the table says what it is about. */
export function labelOf(action) {
	const words = action
		.replace(/(Deposit|Withdrawal|Payout|BankAccount)$/, '')
		.replace(/BankMaterial$/, 'Material');
	const text = words.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export function button(text, onclick) {
	return element('button', { className: 'small', type: 'button', textContent: text, onclick });
}

/** Ids and amounts stay on one line; only long texts may wrap. */
function cell(content) {
	const isLong = typeof content === 'string' && content.length > SHORT;
	return element('td', { className: isLong ? 'long' : '' }, content);
}

export function table(columns, rows) {
	if (rows.length === 0) return element('p', { className: 'empty', textContent: 'Nothing yet.' });
	const head = element('tr', {}, ...columns.map((column) => element('th', { textContent: column })));
	const body = rows.flatMap(({ cells, actions = [], nested }) => {
		const tds = columns.map((column) => cell(cells[column] ?? ''));
		if (actions.length > 0) tds.push(element('td', { className: 'actions' }, element('div', {}, ...actions)));
		const row = element('tr', {}, ...tds);
		if (!nested) return [row];
		return [
			row,
			element('tr', {}, element('td', { className: 'nested', colSpan: columns.length + 1 }, nested)),
		];
	});
	if (rows.some(({ actions = [] }) => actions.length > 0)) head.append(element('th'));
	const parts = [element('thead', {}, head), element('tbody', {}, ...body)];
	return element('div', { className: 'scroll' }, element('table', {}, ...parts));
}

export function card(title, count, ...content) {
	const heading = element(
		'h3',
		{ textContent: title },
		element('span', { className: 'count', textContent: count || '' }),
	);
	return element('article', { className: 'card' }, heading, ...content);
}

export const time = (at) => new Date(at).toLocaleTimeString('en-GB');

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
