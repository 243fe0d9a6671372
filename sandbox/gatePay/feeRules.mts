import { pageOf, type Call, type Handler } from './call.mts';
import { requireMerchant } from './headers.mts';
import { findSubAccount } from './institution.mts';
import type { FeeRule } from './merchantState.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

const DEFAULT_SIZE = 20;

/** Makes the first rule of a sub-account. */
export const createFeeRule: Handler = (call, world) => {
	requireMerchant(call, world);
	const subMerchantId = call.body.text('sub_merchant_id');
	if (current(world, subMerchantId))
		throw new Refusal('400201', `${subMerchantId} has a fee rule already; upgrade it`);
	return shape(add(call, world, undefined));
};

/** Makes a new version of the rule. It replaces a pending one. The rule in force stays until the new one takes effect. */
export const upgradeFeeRule: Handler = (call, world) => {
	requireMerchant(call, world);
	const subMerchantId = call.body.text('sub_merchant_id');
	const { feeRules } = world.state;
	const pending = feeRules.findIndex(
		(rule) => rule.subMerchantId === subMerchantId && rule.status === 'PENDING_EFFECTIVE',
	);
	const running = feeRules.find(
		(rule) => rule.subMerchantId === subMerchantId && rule.status === 'EFFECTIVE',
	);
	if (pending < 0 && !running) throw new Refusal('400202', `${subMerchantId} has no fee rule`);
	if (pending >= 0) feeRules.splice(pending, 1);
	return shape(add(call, world, running));
};

export const getFeeRule: Handler = (call, world) => {
	requireMerchant(call, world);
	const subMerchantId = call.query.text('sub_merchant_id');
	const rule = current(world, subMerchantId);
	if (!rule) throw new Refusal('400202', `${subMerchantId} has no fee rule`);
	return shape(rule);
};

export const listFeeRules: Handler = (call, world) => {
	requireMerchant(call, world);
	const { body } = call;
	const matching = world.state.feeRules.filter(
		(rule) =>
			(!body.has('sub_merchant_id') || rule.subMerchantId === body.text('sub_merchant_id')) &&
			(!body.has('status') || rule.status === body.text('status')) &&
			(!body.has('has_markup') || hasMarkup(rule) === body.flag('has_markup')),
	);
	const current = body.numberOr('pageNum', body.numberOr('page', 1));
	const size = body.numberOr('pageSize', body.numberOr('page_size', DEFAULT_SIZE));
	const pages = Math.ceil(matching.length / size);
	return {
		records: pageOf(matching, current, size).map(shape),
		total: matching.length,
		size,
		current,
		pages,
	};
};

/** The fee rule with this ID. Throws a Refusal when there is none. */
export function findRule({ state }: World, id: string): FeeRule {
	const rule = state.feeRules.find(({ configId }) => configId === id);
	if (!rule) throw new Refusal('400202', `The fee rule ${id} does not exist`);
	return rule;
}

/** The rule's date has come: it replaces the rule before it. */
export function takeEffect(world: World, rule: FeeRule): void {
	const { feeRules } = world.state;
	const before = feeRules.findIndex(
		(each) => each.subMerchantId === rule.subMerchantId && each.status === 'EFFECTIVE',
	);
	if (before >= 0) feeRules.splice(before, 1);
	rule.status = 'EFFECTIVE';
}

function add({ body }: Call, world: World, previous: FeeRule | undefined): FeeRule {
	const subMerchantId = body.text('sub_merchant_id');
	findSubAccount(world, subMerchantId);
	const rule: FeeRule = {
		configId: world.nextId(),
		previousConfigId: previous?.configId ?? null,
		version: (previous?.version ?? 0) + 1,
		subMerchantId,
		rMarkup: body.number('r_markup'),
		fMarkup: body.numberOr('f_markup', 0),
		effectiveDate: body.text('effective_date'),
		dueDate: body.textOr('due_date', null),
		status: 'PENDING_EFFECTIVE',
		createdAt: world.now(),
	};
	world.state.feeRules.push(rule);
	return rule;
}

/** The rule in force, else the pending one. */
function current({ state }: World, id: string): FeeRule | undefined {
	const own = state.feeRules.filter(({ subMerchantId }) => subMerchantId === id);
	return own.find(({ status }) => status === 'EFFECTIVE') ?? own[0];
}

function hasMarkup({ rMarkup, fMarkup }: FeeRule): boolean {
	return rMarkup > 0 || fMarkup > 0;
}

function shape(rule: FeeRule) {
	const at = new Date(rule.createdAt).toISOString().slice(0, 19).replace('T', ' ');
	return {
		config_id: rule.configId,
		previous_config_id: rule.previousConfigId,
		version_no: rule.version,
		sub_merchant_id: rule.subMerchantId,
		has_markup: hasMarkup(rule),
		r_markup: rule.rMarkup,
		f_markup: rule.fMarkup,
		actual_rate: { r_total: rule.rMarkup + 1, f_total: rule.fMarkup },
		status: rule.status,
		effective_date: rule.effectiveDate,
		due_date: rule.dueDate,
		expired_date: null,
		created_at: at,
		updated_at: at,
	};
}
