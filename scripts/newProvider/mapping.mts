import type { Plan } from './plan.mts';

/** Every decision has to stand here. Nobody has made one yet, so it asks; each answer comes with its page. */
export function mapping({ names, contract, rows }: Plan): string {
	const { displayName, file } = names;
	const { security, signedHeaders, webhooks, leftOut } = contract;
	return `# ${displayName}: what means what, and why

Everything here is open. \`npm run new-provider\` made the rows from \`contracts/${file}.openapi.yaml\`; nobody has compared
them with a page. Write the answer in the place of each question, with the page that gives it, and delete what is
answered. A question that no page answers stays, and is asked of ${displayName}. As long as signing and verdict are
unwritten, everything but a read is refused before anything leaves.

## Payment record

${open([
	'Which answers are payments (`kind`), and which members are ID, reference, amount, currency, fee, address and hash?',
	'Are amounts in main units, as text or as JSON numbers?',
	'Are times in UTC, and in which form?',
])}

## States

${open([
	'Which states has each kind? Which of them are documented as final, and what may follow them?',
	'What is a state called in a notification, and what in a read?',
])}

## Answers

${open([
	'What does a success look like, of each call? What must it show of the payment?',
	'Which refusals prove that the provider did nothing? By which code does each say so?',
	'What says that a reference exists already (`duplicate`), and that an object does not exist (`absent`)?',
	'May a refusal be for the age of the request alone (`stale`)?',
	'How soon does a read show what was just made?',
])}

## Signing and authentication

${open([
	...(signedHeaders.length > 0
		? [
				`Operations require ${signedHeaders.map((name) => `\`${name}\``).join(', ')}. What is each made of, byte for byte? Where are vectors?`,
			]
		: ['Is a request signed? Over which bytes, and where are vectors?']),
	...security.open,
	'Which clock does it compare with, and how far may it differ?',
	`Does \`GET ${rows.example}\`, the credential's test, need the key? What in its answer shows that ${displayName} gave it?`,
])}

## Limits

${open(['How many requests in which time, by account or by address? Must they arrive in an order?'])}

## Notifications

${open([
	webhooks.length > 0
		? `The contract announces ${webhooks.map((name) => `\`${name}\``).join(', ')}. What proves their sender? Without a proof the provider has to be asked.`
		: 'The contract announces none. Does a page?',
	'How is a notification acknowledged, and how often does it come again?',
	'Which lists may a polling trigger read, and which member makes a change a new event?',
])}

## Operations

${rows.all.map(({ endpoint, questions }) => `### \`${endpoint.id}\`: \`${endpoint.method} ${endpoint.path}\`\n\n${open(questions)}`).join('\n\n')}

## Left out

${leftOut.length === 0 ? 'Nothing.' : open(leftOut.map(({ id, request, reason }) => `\`${id}\` (\`${request}\`): ${reason}. Is it needed, and how is it sent?`))}
`;
}

const open = (questions: string[]) =>
	questions.map((one) => `- [ ] ${one.replace(/\s+/g, ' ').trim()}`).join('\n');
