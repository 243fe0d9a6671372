import type { Message } from '../items/messages';
import type { Provider } from '../provider/provider';

/** The most rows of one poll. A user with more rows has to lower the days. */
export const MAX_WATCHED_ROWS = 10_000;

/** A poll that did not find everything. The next poll tries again. */
export class NotListed extends Error {
	readonly nextStep: string;
	/** Whether there was no answer. False means that the provider refused. */
	readonly isSilence: boolean;

	constructor({ message, nextStep }: Message, isSilence = false) {
		super(message);
		this.name = 'NotListed';
		this.nextStep = nextStep;
		this.isSilence = isSilence;
	}
}

/** For an answer without the requested object, or a list of objects without IDs. */
export function noObject({ displayName }: Provider, reference: string | undefined): NotListed {
	const message =
		reference === undefined
			? `${displayName} lists objects without an ID.`
			: `${displayName} answered, but not about ${reference}.`;
	return new NotListed({ message, nextStep: 'The next poll asks again.' });
}

/** For a question that could not be asked, e.g. because a field of the credential is empty. */
export function notAsked(cause: unknown, { displayName }: Provider): NotListed {
	if (cause instanceof NotListed) return cause;
	const message = cause instanceof Error ? cause.message : `${displayName} could not be read`;
	return new NotListed({ message, nextStep: 'The next poll tries again.' });
}

/** For more rows than one poll reads. */
export function tooMany({ displayName }: Provider): NotListed {
	const most = `${MAX_WATCHED_ROWS / 1000},000`;
	return new NotListed({
		message: `${displayName} lists more than ${most} objects for these days; one poll reads ${most}, and changes of the others are not seen.`,
		nextStep: 'Lower Days to Look Back.',
	});
}

/** For fewer rows than the list promises, or for a poll whose time was over. */
export function cutShort({ displayName }: Provider, reason: string): NotListed {
	return new NotListed({
		message: `${displayName} did not list everything: ${reason}.`,
		nextStep: 'The next poll reads it again.',
	});
}
