import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { clock } from '../clock';
import type { WritableObject } from '../exact/json';
import { sentence } from '../items/messages';
import type { Transmission } from '../provider/http';
import { findOperation, type Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { asRefusal } from '../refusal';
import { transmitInLane } from '../wire/asking';
import { read, type Reading, saysAbsent } from '../wire/reading';
import { requestFor } from '../wire/request';
import { redacted } from '../wire/secrets';
import { type Authenticate, testSender } from '../wire/transport';

/** A read that shows whether a credential works, and changes nothing. */
interface Probe {
	/** A row that needs the credential, e.g. `balance.getMany`. */
	operation: string;
	values?: WritableObject;
	authenticate: Authenticate;
}

const TIMEOUT_MS = 20_000;
/** A person waits for the result, so a read is repeated only where that takes no time. */
const PATIENCE_MS = 2_000;

/**
 * n8n's test of a credential, in our words. n8n's own request test shows a bare code for a host that cannot be
 * reached, and a status text for a refusal.
 */
export function credentialTest(provider: Provider, probe: Probe): ICredentialTestFunction {
	return async function (this: ICredentialTestFunctions, { data = {} }) {
		try {
			return await test(this, provider, probe, data);
		} catch (cause) {
			const { message, nextStep } = asRefusal(cause);
			return failed(message, nextStep);
		}
	};
}

async function test(
	context: ICredentialTestFunctions,
	provider: Provider,
	{ operation: name, values = {}, authenticate }: Probe,
	credentials: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const operation = findOperation(provider.resources, name);
	if (!operation) return failed(`${provider.displayName} has no operation ${name}`);
	const account = provider.account(credentials);
	const node = testSender(context, credentials, authenticate);
	const caller = { node, provider, account, credentials };
	const request = requestFor(provider, account, operation, values);
	let last: Transmission | undefined;
	const reading = await read(
		async () => (last = await transmitInLane(caller, operation, request, TIMEOUT_MS)),
		(answer) => provider.verdict(answer, operation),
		clock,
		clock.now() + PATIENCE_MS,
	);
	return said(reading, last, { provider, account, operation });
}

interface Tested {
	provider: Provider;
	account: Account;
	operation: Operation;
}

function said(
	reading: Reading,
	last: Transmission | undefined,
	{ provider: { displayName }, account: { origin, secrets } }: Tested,
): INodeCredentialTestResult {
	// Who may be told that an object does not exist was let in.
	if (reading.state === 'read' || (reading.state === 'refused' && saysAbsent(reading))) {
		return { status: 'OK', message: `${displayName} accepted the credential` };
	}
	const reason = redacted(reading.reason, secrets);
	if (reading.state === 'refused') {
		return failed(
			`${displayName} refused the credential: ${reason} (${reading.code})`,
			reading.nextStep ?? 'Check the values of the credential',
		);
	}
	if (last?.state === 'answered') {
		return failed(`${origin} does not answer as ${displayName} does: ${reason}`, 'Check the Base URL');
	}
	const reach = last?.state === 'never-sent' ? 'could not be reached' : 'gave no answer';
	return failed(
		`${displayName} ${reach} at ${origin}: ${reason}`,
		reading.nextStep ??
			'Check the Base URL, and whether the machine of n8n may reach this host. Then test it again',
	);
}

function failed(message: string, nextStep?: string): INodeCredentialTestResult {
	const sentences = nextStep === undefined ? [message] : [message, nextStep];
	return { status: 'Error', message: sentences.map(sentence).join(' ') };
}
