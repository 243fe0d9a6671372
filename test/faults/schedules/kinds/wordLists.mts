import type { ProviderName } from '../../../../sandbox/index.mts';

/** "There is one already", as systems say it. FIELD is the field of the reference, TAG the reference. */
export const DUPLICATES: readonly string[] = [
	'already exists',
	'FIELD TAG already exists',
	'TAG exists already',
	'has existed',
	'ORDER_EXISTS',
	'This value is already used.',
	'The FIELD has already been taken.',
	'FIELD must be unique',
	'FIELD is not unique',
	'already processed',
	'Duplicate entry for key',
	'duplicated FIELD',
	'Repeat submission',
	'Do not submit repeatedly',
	'REUSED_REFERENCE',
	'FIELD can be used only once',
	'TAG was previously accepted',
	'Replay of a request',
	'Order TAG was submitted before',
	'idempotency conflict: FIELD',
	'FIELD conflict',
	'FIELD is used',
	'已存在',
	'订单号重复',
	'请勿重复提交',
	'уже существует',
	'Дубликат заявки TAG',
	'Такой FIELD уже использован',
	'ya existe',
	'existe déjà',
	'Demande répétée',
	'bereits vorhanden',
	'Wiederholte Anfrage',
	'já existe',
	'zaten mevcut',
	'既に存在します',
	'이미 존재합니다',
];

/** "I do not know", as systems say it. */
export const BUSY: readonly string[] = [
	'System busy',
	'System busy, please try again later',
	'Request timeout',
	'Read timed out',
	'Internal server error',
	'Internal error, try later',
	'Unknown error',
	'Processing, please query the result',
	'The request is being processed',
	'Lock wait timeout exceeded; try restarting transaction',
	'Service temporarily unavailable',
	'upstream connect error or disconnect/reset before headers',
	'Deadline exceeded',
	'Too many requests',
	'Something went wrong',
	'系统繁忙',
	'处理中',
	'请求超时',
	'Внутренняя ошибка',
	'Сервис временно недоступен',
	'Заявка обрабатывается',
	'Превышено время ожидания',
	'Error interno',
	'Erreur interne du serveur',
	'Interner Fehler',
	'システムエラー',
];

/** A plain no. */
export const PLAIN: readonly string[] = [
	'Insufficient balance',
	'Balance too low',
	'Amount is below the minimum',
	'Currency is disabled',
	'余额不足',
	'Недостаточно средств',
	'Saldo insuficiente',
	'Guthaben reicht nicht aus',
];

export const CODES: readonly string[] = ['700001', '990417', '10086', '200400', '9'];

/** A refusal in a provider's own envelope, under a code that is not documented. */
export function refusalOf(
	provider: ProviderName,
	{ text, code, field }: { text: string; code: string; field: string | undefined },
): { status: number; body: string } {
	switch (provider) {
		case 'gatePay':
			return ok({ status: 'FAIL', code, label: '', errorMessage: text, data: null });
		case 'rapira':
			return ok({ data: null, code: Number(code), message: text, totalPage: null, totalElement: null });
		case 'okiPays':
			return ok({ status: false, error: text, code: Number(code), token: '' });
		case 'bridgePay':
			return { status: 400, body: JSON.stringify([{ message: text, ...(field && { field }) }]) };
		case 'payPlay': {
			const told = field
				? { message: 'The given data was invalid.', errors: { [field]: [text] } }
				: { message: text };
			return { status: 422, body: JSON.stringify(told) };
		}
		default:
			throw new Error(`Write here how ${String(provider)} refuses`);
	}
}

function ok(body: unknown): { status: number; body: string } {
	return { status: 200, body: JSON.stringify(body) };
}
