import type { Operation } from './operation';

/**
 * Reads the texts of refusals with undocumented codes. A text can only make a refusal doubtful. It can never turn an
 * answer into a refusal. The lists contain word stems in the languages of providers and their gateways.
 */

/** "There is one already": the reference was used before, so an earlier request may have been carried out. */
const EXISTS = new RegExp(
	[
		String.raw`already|duplicat|double[ds]?\b|repeat|repetition|re-?submi|idempoten|conflict|replay|redundant|previously|(?<!not[ _])\bexist(?:s|ed|ing)?\b|[ _]EXISTS?\b`,
		String.raw`\bunique|in[ _]use\b|\b(?:been|was|is|were)[ _](?:re)?used\b|\bre-?us(?:e|able)|\bonly[ _]once|\bsame[ _](?:request|order|reference|number|nonce)|\btaken\b|\btwice\b|\b(?:used|submitted|sent|processed|made|created|received) before\b`,
		'已存在|已经存在|已有|重复|重複|已使用|已被使用|已处理|已處理|已提交|唯一|既に|すでに|重複|이미|중복',
		'уже|дублик|дубль|дублир|повторн|повторяющ|уникальн|занят|вже|дублік|унікальн',
		String.raw`\bya (?:existe|ha|fue|est)|duplicad|repetid|\bj[aá] (?:existe|foi)|d[eé]j[aà]|r[ée]p[ée]t[ée]|doublon|bereits|wiederholt|doppelt|vergeben`,
		'zaten|mevcut|mükerrer|tekrarlan|đã tồn tại|trùng|sudah (?:ada|digunakan)|già (?:esist|usat)|już (?:istnieje|użyt)|موجود بالفعل|مكرر|पहले से',
	].join('|'),
	'iu',
);

/** "There is none". These texts contain the same words. */
const EXISTS_NOT =
	/(?:n['’o]t|never|no longer|non)[ _-]*(?:yet[ _])?(?:been[ _])?(?:already[ _])?exist|nonexist|не существ|не існу|不存在|no existe|n['’]existe pas|nicht existier|não existe/giu;

/** "I do not know", "I am busy", "it is under way": the provider does not say that it did nothing. */
const UNSURE = new RegExp(
	[
		String.raw`time[ds]?[ _-]?out|timeout|deadline|\bbusy|overload|too (?:many|frequent)|rate[ _-]?limit|throttl|congest`,
		String.raw`\blater\b|try(?:ing)?[ _]again|\bretry|internal|(?:system|server|service|network|database|unknown|unexpected|upstream|gateway|connection|communication|remote|sql|i/?o)[ _-]*(?:error|exception|failure|fault|abnormal)`,
		String.raw`unknown[ _](?:result|status|state)|\bunexpected|exception|unavailable|maintenance|temporar|bad[ _]gateway|no[ _]response|not[ _]respond|could[ _]not[ _]be[ _]determined`,
		String.raw`(?<!pre-?)\bprocessing\b|\bin[ _-](?:progress|process)\b|\bpending\b|under[ _](?:way|review)|being[ _](?:processed|handled|created)|\bqueued|please[ _](?:query|check|wait)|query[ _](?:the[ _])?(?:result|order|status)`,
		String.raw`lock[ _]wait|deadlock|could not (?:acquire|obtain).*lock|broken pipe|connection[ _](?:reset|refused|closed|timed)|\bconnect[ _-]?error|disconnect|reset[ _]before|null ?pointer|socket|went wrong|something[ _]wrong|circuit|fallback|\bEOF\b`,
		'系统繁忙|系統繁忙|繁忙|系统错误|系統錯誤|系统异常|系統異常|超时|超時|稍后|稍後|处理中|處理中|未知错误|未知錯誤|内部错误|內部錯誤|网络|網絡|服务异常|服务不可用|请重试|請重試|维护|查询结果|サーバー|システム(?:エラー|障害)|内部エラー|処理中|後ほど|混雑|잠시 후|처리 ?중|서버 오류|시스템 오류|시간 초과',
		'внутренн|ошибка сервера|ошибка системы|системная ошибка|позже|позднее|повторите|таймаут|тайм-аут|истекло время|превышено время|перегруж|обрабатыва|в обработке|недоступ|неизвестная ошибка|непредвиденн|технически[ех]|пізніше|внутрішн|обробля|обробці|недоступн',
		String.raw`m[aá]s tarde|error interno|en proceso|procesando|mais tarde|erro interno|processando|plus tard|erreur interne|en cours|sp[aä]ter|interner fehler|in bearbeitung|zeit[uü]berschreitung|daha sonra|sistem hatas|işleniyor|zaman aşımı|thử lại|hệ thống|đang xử lý|coba lagi|sedang diproses|kesalahan (?:sistem|server)|più tardi|errore interno|później|لاحقا|लगातार`,
	].join('|'),
	'iu',
);

/** These texts name a field because of its form, not because of its content. */
const ABOUT_FORM =
	/\bblank\b|\bempty\b|\bmissing\b|\brequired\b|\bformat|malformed|character|\blength\b|too (?:long|short)|\bat (?:most|least)\b|\bpattern|millisecond|must be (?:a |an )?(?:number|numeric|integer|string|digits?|unix)|不能为空|必填|格式|не может быть пустым|обязательн|формат/iu;

const ABSENCE =
	/(?:^|[^a-z])(?:not[ _](?:be[ _])?(?:found|exist)|(?:does|do|did)[ _]not[ _]exist|n['’]t exist|no[ _]such|unknown|there is no|non-?existent)|不存在|未找到|не найден|не существует/iu;

/** Words for a payment. */
const OBJECTS =
	/(?:^|[^a-z])(?:orders?|invoices?|batch(?:es)?|pay-?outs?|pay-?ins?|withdraw(?:al)?s?|refunds?|transfers?|charges?|transactions?|deals?|debits?|deduct(?:ion)?s?|payments?|deposits?|recharges?|conversions?|plans?|products?|subscriptions?|bill|records?|sub-?accounts?)(?![a-z])|订单|訂單|批次|заказ|ордер|плат[её]ж|выплат|перевод|возврат|инвойс/iu;

/** Words for other things that may be missing. A text with one of them says nothing about the payment. */
const OTHERS =
	/merchant|service|\bhosts?\b|rout(?:e|ing)|(?:^|[^a-z])api(?![a-z])|user|client|\bapp(?:lication)?s?\b|\bpages?\b|\bur[il]\b|\bpath|endpoint|resource|method|handler|server|upstream|gateway|domain|\bkeys?\b|token|secret|certificate|signature|permission|\btenant|instance|controller|\baction\b|function|interface|\bclass\b|\bmodule|\btable|database|customer|channel|currency|\bchains?\b|network|商户|用户|接口|服务|мерчант|пользовател|маршрут|сервис|страниц/iu;

/**
 * Whether a refusal says, in any words, that the payment already exists, or names the member that makes the request
 * unique.
 * @param names the members that make the request unique: its reference, or a nonce
 */
export function saysThereIsOne(text: string, names: readonly string[] = []): boolean {
	if (EXISTS.test(text.replace(EXISTS_NOT, ''))) return true;
	return names.some((name) => namesMember(text, name)) && !ABOUT_FORM.test(text);
}

/** Whether a refusal says that the provider does not know the result, or does not know it yet. */
export function saysUnsure(text: string): boolean {
	return UNSURE.test(text);
}

/**
 * Whether a refused read says that the payment itself does not exist, and not something else that the request needs.
 */
export function saysAbsence(text: string): boolean {
	return ABSENCE.test(text) && OBJECTS.test(text) && !OTHERS.test(text);
}

/** The members that make a request unique at the provider: its reference, and the values that the node makes for it. */
export function uniqueNames({ referenceField, once: { made } = {} }: Operation): string[] {
	return [...(referenceField === undefined ? [] : [referenceField]), ...Object.keys(made ?? {})];
}

/** Both `merchantBatchNo` and `Merchant batch no.` name the member `merchant_batch_no`. */
function namesMember(text: string, name: string): boolean {
	const plain = (written: string) => written.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
	return plain(name).length > 0 && plain(text).includes(plain(name));
}
