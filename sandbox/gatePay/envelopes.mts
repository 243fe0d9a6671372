import type { Handler } from './call.mts';

/** Gate Pay's spellings of success. Each operation has the one that its documented example shows. */
export const envelopes = {
	standard: (data: unknown) => ({ status: 'SUCCESS', code: '000000', label: '', errorMessage: '', data }),
	otc: (data: unknown) => ({ code: '0', status: 'success', message: 'success', errorMessage: '', data }),
	otcUpperCase: (data: unknown) => ({ code: '000000', data, status: 'SUCCESS', errorMessage: '' }),
	otcWithoutStatus: (data: unknown) => ({ code: '0', message: 'success', data }),
	none: (data: unknown) => data,
	message: (data: unknown) => ({ code: 'SUCCESS', message: 'The order was created', data }),
	fiveZeros: (data: unknown) => ({ status: 'SUCCESS', code: '00000', errorMessage: '', data }),
	lowerCase: (data: unknown) => ({ status: 'success', code: '000000', label: '', errorMessage: '', data }),
	subscription: (data: unknown) => ({ code: '0', message: '', data, success: true }),
	subscriptionText: (data: unknown) => ({ code: '0', message: '', data, success: 'true' }),
};

export interface ServedOperation {
	handle: Handler;
	envelope: keyof typeof envelopes;
}
