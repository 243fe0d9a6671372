import { gateBank } from './seeds.mts';
import type { Deposit } from './state.mts';

/** A deposit in version A of the contract. */
export function depositA({ orderId, status, createTime, clientOrderId, promoCode }: Deposit) {
	return { orderId, status, createTime, clientOrderId, promoCode };
}

export function bankInstructionsA({ transferRemark }: Deposit) {
	return {
		bankName: gateBank.bankName,
		bankAccountName: gateBank.accountName,
		countryId: gateBank.countryId,
		country_name: gateBank.countryName,
		address: gateBank.address,
		iban: gateBank.iban,
		swift: gateBank.swift,
		remittanceLineNumber: gateBank.remittanceLineNumber,
		agentBankName: gateBank.agentBankName,
		agentBankSwift: gateBank.agentBankSwift,
		transfer_remark: transferRemark,
	};
}

/** A deposit in version A's list, where it looks like an off-ramp order. */
export function depositListRowA(deposit: Deposit) {
	return {
		orderId: deposit.orderId,
		status: deposit.status,
		cryptoCurrency: deposit.currency,
		fiatCurrency: deposit.fiatCurrency,
		cryptoAmount: deposit.amount,
		fiatAmount: deposit.fiatAmount,
		fiatRate: deposit.rate,
		bankAccountId: deposit.bankId,
		clientOrderId: deposit.clientOrderId,
		type: 'BUY',
		createTime: deposit.createTime,
		updateTime: deposit.updateTime,
		errMsg: deposit.errMsg,
		tradeFee: '0',
		finalFiatAmount: deposit.fiatAmount,
		bankSlipInfo: '',
		promCode: deposit.promoCode,
	};
}

/** A deposit in version B of the contract. */
export function depositB(deposit: Deposit, merchantNumber: number) {
	return {
		orderId: deposit.orderId,
		otcOrderId: deposit.otcOrderId,
		currency: deposit.currency,
		amount: deposit.amount,
		fiatCurrency: deposit.fiatCurrency,
		fiatAmount: deposit.fiatAmount,
		cfRate: deposit.rate,
		bankId: deposit.bankId,
		bankNumber: deposit.bankNumber,
		paid: deposit.paid,
		status: deposit.status,
		card_info: cardInfo(deposit, merchantNumber),
		createTime: deposit.createTime,
		promoCode: deposit.promoCode,
		transferRemark: deposit.transferRemark,
	};
}

export function depositDetailB(deposit: Deposit, merchantNumber: number) {
	return { ...depositB(deposit, merchantNumber), paymentReceiptFileUrl: deposit.receipt };
}

function cardInfo({ transferRemark, bankId }: Deposit, uid: number) {
	return {
		id: 7,
		uid,
		entity: gateBank.accountName,
		bank_account_name: gateBank.accountName,
		bank_name: gateBank.bankName,
		bank_country: gateBank.countryName,
		bank_address: gateBank.address,
		bank_code: '001',
		branch_code: '001',
		iban: gateBank.iban,
		swift: gateBank.swift,
		remittance_line_number: gateBank.remittanceLineNumber,
		agent_bank_name: gateBank.agentBankName,
		agent_bank_swift: gateBank.agentBankSwift,
		transferRemark,
		memo: '',
		is_default: true,
		bank_id: bankId,
	};
}
