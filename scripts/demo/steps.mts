import type { IDataObject } from 'n8n-workflow';

import { itemsOf } from '../../host/executions.mts';
import type { AskedForApproval, ImportedFlows, OtcBuyRun } from './flows.mts';
import type { Setting } from './setting.mts';

/** One line of the table that the demo prints at its end. */
export interface Step {
	step: string;
	state: string;
	reference: string;
	amount: string;
}

/** What happened in the OTC flow. */
export async function stepsOfOtcBuy(
	setting: Setting,
	flows: ImportedFlows,
	{ execution, remittance }: OtcBuyRun,
): Promise<Step[]> {
	const quoted = itemsOf(execution, 'Ask for a Quote').map((quote) => ({
		step: 'Ask for a Quote',
		state: `valid for ${quote.validPeriod} s`,
		reference: '',
		amount: `${quote.cryptoAmount} ${quote.cryptoCurrency} for ${quote.fiatAmount} ${quote.fiatCurrency}`,
	}));
	const mailed = {
		step: 'Tell Where to Remit',
		state: `mailed to ${remittance.to}`,
		reference: '',
		amount: '',
	};
	return [
		...quoted,
		...stepsOf('Accept the Quote', itemsOf(execution, 'Accept the Quote')),
		mailed,
		...stepsOf('Confirm the Remittance', itemsOf(execution, 'Confirm the Remittance')),
		...stepsOf('Wait Until It Is Settled', itemsOf(execution, 'Wait Until It Is Settled')),
		...stepsOf('Webhook', await eventsOf(setting, flows.otcBuy)),
	];
}

/** What happened in the payout flow. */
export async function stepsOfPayout(
	setting: Setting,
	flows: ImportedFlows,
	{ execution, request }: AskedForApproval,
): Promise<Step[]> {
	const list = itemsOf(execution, 'List of Payouts');
	const previews = itemsOf(execution, 'Preview Each Payout').map((preview, index) => ({
		...preview,
		amount: list[index]?.amount,
		currency: list[index]?.currency,
	}));
	return [
		...stepsOf('Preview Each Payout', previews),
		{ step: 'Ask for Approval', state: `approved by ${request.to}`, reference: '', amount: '' },
		...stepsOf('Pay What Was Approved', itemsOf(execution, 'Pay What Was Approved')),
		...stepsOf('Webhook', await eventsOf(setting, flows.payout)),
	];
}

/** The events of Gate Pay that the flow saw for the first time, in their order. */
export async function eventsOf({ n8n }: Setting, workflowId: string): Promise<IDataObject[]> {
	const executions = await n8n.executions({ workflowId });
	return executions
		.filter(({ mode }) => mode !== 'manual')
		.reverse()
		.flatMap((execution) => itemsOf(execution, 'Let Each Event Through Once'));
}

function stepsOf(step: string, items: IDataObject[]): Step[] {
	return items.map((item) => ({
		step,
		state: String(item.outcome ?? item.status),
		reference: String(item.reference ?? item.id ?? ''),
		amount: item.amount === undefined ? '' : `${item.amount} ${item.currency}`,
	}));
}
