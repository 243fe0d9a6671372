import { randomBytes } from 'node:crypto';

import { compare, multiply } from '../decimal.mts';
import { requirePlaces, type Handler } from './call.mts';
import type { GiftCard, GiftCardStatus } from './merchantState.mts';
import { notify } from './orderNotifications.mts';
import { Refusal } from './refusal.mts';
import { giftCardTemplates } from './seeds.mts';
import type { World } from './world.mts';

/** A person has to approve cards of this amount or more in the console. The figure is made up. */
const REVIEW_FROM = '10000';
const MOST_CARDS = 100;

export const listGiftCardTemplates: Handler = () => giftCardTemplates;

export const createGiftCard: Handler = ({ operation, body }, world) => {
	const amount = body.text('amount');
	const currency = body.text('currency');
	const templateId = body.text('templateId');
	const count = body.numberOr('count', 1);
	requirePlaces(amount, 6, 'amount');
	if (compare(amount, '0') <= 0) throw new Refusal('400621', 'The amount must be above 0');
	if (count < 1 || count > MOST_CARDS) throw new Refusal('400001', `count must be 1 to ${MOST_CARDS}`);
	if (!giftCardTemplates.some(({ card_temp_id }) => card_temp_id === templateId))
		throw new Refusal('400001', `There is no template ${templateId}`);
	const total = multiply(amount, String(count), 6);
	world.require(currency, total, '400605');

	const batchId = world.nextId();
	const status: GiftCardStatus = compare(total, REVIEW_FROM) >= 0 ? 6 : 2;
	const cards = Array.from({ length: count }, (): GiftCard => ({
		cardNumber: String(world.nextNumber()),
		key: randomBytes(8).toString('hex').toUpperCase(),
		title: body.text('title'),
		templateId,
		amount,
		currency,
		status,
		batchId,
		createTime: world.now(),
		exchangeTime: 0,
	}));
	world.state.giftCards.push(...cards);
	world.debit(currency, total, { orderId: batchId, merchantTradeNo: '', financialType: 'giftCard_fi' });
	const applied = cards.map(({ cardNumber }) => ({ amount, currency, line: cardNumber }));
	world.books.apply(operation, batchId, applied);
	if (count > 1) announce(world, batchId, cards);
	const [first] = cards;
	if (!first) throw new Error('No card was made');
	return {
		card_num: first.cardNumber,
		card_key: first.key,
		amount,
		currency,
		status,
		card_temp_id: templateId,
		creator: world.merchantNumber,
		creator_name: 'Sandbox',
		exchange_uid: 0,
		owner: world.merchantNumber,
		give_count: 0,
		last_give_time: 0,
		create_time: first.createTime,
		batchId,
		reason: '',
		err_msg: '',
	};
};

/** Notifies the merchant of the cards. No page says after which call. Here it is the one that makes several cards. */
function announce(world: World, externalId: string, cards: GiftCard[]): void {
	const batchItemList = cards.map(({ amount, currency, createTime }) => {
		const times = { create_time: createTime };
		return { amount, channel_id: '', ...times, currency, receiver_id: 0, status: 'PAID' };
	});
	notify(world, 'PAY_GIFT_BATCH', '', 'PAID', { externalId, batchItemList });
}

/** When number and key are given, the key decides. */
export const getGiftCard: Handler = ({ body }, { state }) => {
	const key = body.textOr('key', undefined);
	const number = body.textOr('card_number', undefined);
	const card = state.giftCards.find((each) =>
		key === undefined ? each.cardNumber === number : each.key === key,
	);
	if (!card) throw new Refusal('400202', 'The gift card does not exist');
	return {
		card_num: card.cardNumber,
		key: card.key,
		title: card.title,
		creator_name: 'Sandbox',
		amount: card.amount,
		status: card.status,
		currency: card.currency,
		create_time: card.createTime,
		exchange_uid: card.status === 3 ? 16_839_589 : 0,
		exchange_time: card.exchangeTime,
	};
};

/** The gift card with this number. Throws a Refusal when there is none. */
export function findGiftCard({ state }: World, number: string): GiftCard {
	const card = state.giftCards.find(({ cardNumber }) => cardNumber === number);
	if (!card) throw new Refusal('400202', `The gift card ${number} does not exist`);
	return card;
}

/** Somebody redeems the card. */
export function redeem(world: World, card: GiftCard): void {
	move(card, [2], 3);
	card.exchangeTime = world.now();
}

export function freeze(card: GiftCard): void {
	move(card, [2], 4);
}

export function approve(card: GiftCard): void {
	move(card, [6], 2);
}

export function reject(world: World, card: GiftCard): void {
	move(card, [6], 7);
	giveBack(world, card);
}

/** The payment of the card fails, at once or after the card has passed its review. */
export function failToPay(world: World, card: GiftCard): void {
	move(card, [1, 6], card.status === 6 ? 8 : 5);
	giveBack(world, card);
}

function giveBack(world: World, card: GiftCard): void {
	world.credit(card.currency, card.amount, {
		orderId: card.batchId,
		merchantTradeNo: '',
		financialType: 'refund_fi',
	});
}

function move(card: GiftCard, from: GiftCardStatus[], to: GiftCardStatus): void {
	if (!from.includes(card.status)) throw new Refusal('400204', `The gift card has status ${card.status}`);
	card.status = to;
}
