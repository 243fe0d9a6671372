import { requireFile, requireFiles, type Handler } from './call.mts';
import { Refusal } from './refusal.mts';
import { countries } from './seeds.mts';
import type { BankAccount, BankAccountStatus } from './state.mts';
import type { World } from './world.mts';

const IMAGES = ['jpg', 'jpeg', 'png'];
const PAPERS = [...IMAGES, 'pdf'];
const MATERIAL_LISTS = ['certificate', 'passport', 'shareHolders', 'shareHoldingStructure'];
const REVIEW_MS = 2000;

export const listOtcBankCountries: Handler = () => countries;

export const listOtcBankAccounts: Handler = ({ query }, { state }) => {
	const filters = ['bankAccountName', 'iban', 'swift', 'bankName'] as const;
	return state.bankAccounts.filter((account) =>
		filters.every((name) => !query.has(name) || account[name] === query.text(name)),
	);
};

export const createOtcBankAccount: Handler = (call, world) => {
	const { body } = call;
	requireFile(call, 'file', IMAGES);
	const countryId = body.number('countryId');
	const country = countries.find((each) => each.countryId === countryId);
	if (!country) throw new Refusal('400001', `countryId ${countryId} is not in the country list`);
	const bankAccountName = body.text('bankAccountName');
	// The documentation says that an account in another name needs further papers.
	const needSupplementMaterial = bankAccountName !== world.account.verifiedName;
	const account: BankAccount = {
		bankAccountId: world.nextId(),
		bankAccountName,
		bankName: body.text('bankName'),
		countryId,
		countryName: country.countryName,
		address: body.text('address'),
		iban: body.text('iban'),
		swift: body.text('swift'),
		remittanceLineNumber: body.textOr('remittanceLineNumber', ''),
		agentBankName: body.textOr('agentBankName', ''),
		agentBankSwift: body.textOr('agentBankSwift', ''),
		status: needSupplementMaterial ? 3 : 2,
		memo: needSupplementMaterial ? 'The account name differs from the verified name' : '',
	};
	world.state.bankAccounts.push(account);
	approveLater(world, account);
	return { bankAccountId: account.bankAccountId, needSupplementMaterial };
};

export const deleteOtcBankAccount: Handler = ({ body }, world) => {
	const account = findBankAccount(world, body.text('bankAccountId'));
	world.state.bankAccounts.splice(world.state.bankAccounts.indexOf(account), 1);
	return {};
};

export const supplementOtcBankMaterial: Handler = (call, world) => {
	const account = findBankAccount(world, call.body.text('bankAccountId'));
	for (const list of MATERIAL_LISTS) requireFiles(call, list, PAPERS);
	if (call.files.additional) requireFiles(call, 'additional', PAPERS);
	if (account.status !== 3)
		throw new Refusal('400204', 'No supplementary materials are wanted for this account');
	account.memo = '';
	account.status = 2;
	approveLater(world, account);
	return true;
};

/** The bank account with this ID. Throws a Refusal when there is none. */
export function findBankAccount({ state }: World, id: string): BankAccount {
	const account = state.bankAccounts.find(({ bankAccountId }) => bankAccountId === id);
	if (!account) throw new Refusal('400202', `The bank account ${id} does not exist`);
	return account;
}

/** The bank account with this ID, where it is approved. Throws a Refusal otherwise. */
export function requireApproved(world: World, id: string): BankAccount {
	const account = findBankAccount(world, id);
	if (account.status === 1) return account;
	throw new Refusal(
		'400204',
		`The bank account ${id} has status ${account.status}; only 1 (approved) can be used`,
	);
}

/** Gate's staff decide about the account. The memo says what they want. */
export function review(account: BankAccount, status: BankAccountStatus, memo: string): void {
	account.status = status;
	account.memo = memo;
}

function approveLater(world: World, account: BankAccount): void {
	world.later(REVIEW_MS, () => {
		if (account.status === 2) review(account, 1, '');
	});
}
