import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { addressField, addressOrHash, DOCS } from './fields';

const checkAddress: Operation = {
	name: 'Check Address',
	value: 'checkAddress',
	action: 'Check address for AML risk',
	description:
		'Start a check of an address. Each check may be charged; a status other than SUCCESS is pending.',
	request: 'POST /open/aml/check-address',
	// Each call may use up a paid check (AMLC), so it is never repeated.
	effect: 'write',
	wire: { encoding: 'form' },
	proof: { has: ['uuid'], same: { fields: { address: 'address' } } },
	returns: { shape: 'exactNumbers' },
	docs: DOCS,
	fields: [addressField],
	options: [
		optionalText({
			displayName: 'Network',
			name: 'chain',
			placeholder: 'e.g. TRX',
			description: 'TRX and ETH are known to be taken for USDT on TRC20 and ERC20',
		}),
	],
	rules: { address: addressOrHash },
};

const checkTransaction: Operation = {
	name: 'Check Transaction',
	value: 'checkTransaction',
	action: 'Check transaction for AML risk',
	description:
		'Start a check of a transaction. Each check may be charged; a status other than SUCCESS is pending.',
	request: 'POST /open/aml/check-transaction',
	effect: 'write',
	wire: {
		encoding: 'form',
		// n8n's lint thinks that every field called token is a secret.
		sentAs: { coin: 'token' },
	},
	proof: { has: ['uuid'], same: { fields: { hash: 'hash' } } },
	returns: { shape: 'exactNumbers' },
	docs: DOCS,
	fields: [
		requiredText({
			displayName: 'Transaction Hash',
			name: 'hash',
			placeholder: 'e.g. 7c2d4206c03a883c4bbd1b4d1b7c2c1b0d5f6e7a8b9c0d1e2f3a4b5c6d7e8f90',
		}),
	],
	options: [
		{ ...addressField, required: false },
		optionalText({
			displayName: 'Direction',
			name: 'direction',
			placeholder: 'e.g. WITHDRAWAL',
			description: 'Only WITHDRAWAL is known to be taken',
		}),
		optionalText({
			displayName: 'Coin',
			name: 'coin',
			placeholder: 'e.g. TRX',
			description: 'TRX and ETH for USDT on TRC20 and ERC20, otherwise the currency code',
		}),
	],
	rules: {
		hash: addressOrHash,
		address: addressOrHash,
	},
};

/** Checks of where coins come from. */
export const aml: Resource = {
	name: 'AML Check',
	value: 'aml',
	operations: [checkAddress, checkTransaction],
};
