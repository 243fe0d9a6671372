import { saysAbsence, saysThereIsOne, saysUnsure } from '../../../../core/provider/refusalTexts.ts';

describe('a refusal that says that there is one already', () => {
	it.each([
		'Order already exists',
		'has existed',
		'ORDER_EXISTS',
		'The batch exists',
		'This number was already used',
		'must be unique',
		'already processed',
		'REPEATED_REQUEST',
		'Refund request id is repeated',
		'Repeat submission',
		'Repeat order',
		'Do not submit repeatedly',
		'Re-submission is not allowed',
		'The request was resubmitted',
		'idempotency conflict',
		'IDEMPOTENT_REQUEST',
		'Order conflict',
		'Replay of a request',
		'was previously accepted',
		'can be used only once',
		'The number cannot be reused',
		'REUSED_REFERENCE',
		'ONLY_ONCE',
		'The same request was sent',
		'Redundant request',
		'Duplicate entry',
		'has already been taken',
		'This value is already used.',
		'nonce was used before',
		'Order 1 was submitted before',
		'订单已存在',
		'请求重复',
		'该批次已处理',
		'Заказ уже существует',
		'Номер должен быть уникальным',
		'Повторный запрос',
		'Замовлення вже існує',
		'El pedido ya existe',
		'Pedido duplicado',
		'La commande existe déjà',
		'Demande répétée',
		'Auftrag existiert bereits',
		'Wiederholte Anfrage',
		'Sipariş zaten mevcut',
		'すでに存在します',
		'이미 존재합니다',
	])('%s', (text) => expect(saysThereIsOne(text)).toBe(true));

	it.each([
		'ADDRESS_DOES_NOT_EXIST',
		"The chain doesn't exist",
		'The address does not exist',
		'Адрес не существует',
		'地址不存在',
		'Balance too low',
		'Insufficient funds',
		'Amount is below the minimum',
		'Memo too long',
		'Мінімальна сума: 5',
		'Currency not available',
	])('is not: %s', (text) => expect(saysThereIsOne(text)).toBe(false));

	it('also when it only names the reference, however that is written', () => {
		for (const text of ['Invalid batch_id', 'batchId: refused', 'The Batch ID cannot be accepted'])
			expect(saysThereIsOne(text, ['batch_id'])).toBe(true);
		expect(saysThereIsOne('Invalid nonce', ['nonce'])).toBe(true);
		expect(saysThereIsOne('Invalid address', ['batch_id'])).toBe(false);
	});

	it('but not when it names the reference for how it is written', () => {
		for (const text of ['batch_id should not be blank', 'batch_id is too long', 'batch_id: bad format'])
			expect(saysThereIsOne(text, ['batch_id'])).toBe(false);
	});
});

describe('a refusal that does not know', () => {
	it.each([
		'System busy',
		'Request timeout',
		'Read timed out',
		'Internal server error',
		'Internal error, try later',
		'Unknown error',
		'Processing, please query the result',
		'Lock wait timeout exceeded; try restarting transaction',
		'Service unavailable',
		'SYSTEM_ERROR',
		'The order is in progress',
		'Too many requests',
		'Connection reset',
		'Unexpected exception',
		'upstream connect error or disconnect/reset before headers',
		'システムエラー',
		'系统繁忙，请稍后再试',
		'处理中',
		'未知错误',
		'请求超时',
		'Внутренняя ошибка, попробуйте позже',
		'Платёж обрабатывается',
		'Сервис временно недоступен',
		'Error interno',
		'Bitte später erneut versuchen',
	])('%s', (text) => expect(saysUnsure(text)).toBe(true));

	it.each([
		'Balance too low',
		'Insufficient funds',
		'Invoice amount should be not less than 1000.00',
		'Payment option not allowed',
		'Currency not available',
		'There is no USDT on ABC',
		'XRP needs a memo',
		'0.1234567 USDT has more than 6 decimals',
		'The selected network is invalid',
		'Недостаточно средств',
		'余额不足',
	])('is not: %s', (text) => expect(saysUnsure(text)).toBe(false));
});

describe('a read that says that the payment is not there', () => {
	it.each([
		'BATCH_NOT_FOUND',
		'The batch does not exist',
		'ORDER_NOT_FOUND: no such order',
		'There is no withdrawal 1000001',
		'Invoice not found',
		'订单不存在',
		'Заказ не найден',
	])('%s', (text) => expect(saysAbsence(text)).toBe(true));

	it.each([
		'Not Found',
		'SVC_404',
		'Merchant does not exist',
		'MERCHANT_NOT_FOUND',
		'The merchant of this order does not exist',
		'Host not found in allowlist',
		'No route found for "GET /api/merchant/invoices/internal-id/o-1"',
		'no Route matched with those values',
		'Service not found',
		'API not found',
		'User does not exist',
		'The requested resource was not found',
		'Page not found',
		'Order service not found',
		'ok',
	])('is not: %s', (text) => expect(saysAbsence(text)).toBe(false));
});
