import { sign, verify } from '../../sandbox/gatePay/signing.mts';

/** gatepay.md 4.2: one documented vector and those computed for this project. */
const made = {
	secret: 'gp_test_secret_0123456789abcdef',
	timestamp: '1782864000000',
	nonce: 'a1B2c3D4e5F6g7H8',
};
const vectors = [
	{
		name: 'documented sample',
		secret: '123',
		timestamp: '1700073707111',
		nonce: '456',
		body: '{the_answer: 42}',
		signature:
			'1b03f547af065490c6e106bd93afc861329c52b596512d49489ca0c4ea57adee2991a576e402422a6bb092b83acf0a5618f5b0a7d4c639ae7779fbb3a1b16346',
	},
	{
		name: 'OTC deposit, version B',
		...made,
		body: '{"quoteToken":"qt_01JXYZABCDEF","bankId":"ba_123456789","currency":"USDT","amount":"1088.42","fiatCurrency":"USD","fiatAmount":"1000"}',
		signature:
			'42b41082469b46ae2b94ac0b440fa57cdd98636853a344c7e74a09fccac5b268851a088cd29b74a094fc4b0d094d3f235035169f2f871ed2eab87a5ce1a00af5',
	},
	{
		name: 'OTC deposit, version A',
		...made,
		body: '{"quoteToken":"qt_01JXYZABCDEF","bankAccountId":"ba_123456789","cryptoCurrency":"USDT","fiatCurrency":"USD","cryptoAmount":"1088.42","fiatAmount":"1000","type":"BUY","clientOrderId":"merchant-otc-deposit-20260415-001"}',
		signature:
			'9413e3aaa8a312ec9cdc5bddfc5b7769cfd74cce3a282c8ea51de3f842adc8836fe4d4abceb4057eebcb8b2d4e959dffb362889c9d1228141a8bcb8fb4e57736',
	},
	{
		name: 'GET, DELETE or multipart',
		...made,
		body: '',
		signature:
			'4a93cfbf944433396d32640a99607e72fb6c68a2d04976bf158d68a998fa0fd4ea3044fceb14e934ed747f676ca533e01dcf52381d162e475de75cd3f00fd9b1',
	},
	{
		name: 'non-ASCII body',
		...made,
		body: '{"merchantTradeNo":"A-1","goods":{"goodsName":"Sipariş Ödemesi – 177"}}',
		signature:
			'0421780847f9d14fe3ca752955fa477ab05cb5d5f9767d2d23bea05f9de0966709ef9a6af10891183ee2433e84a803c32a94b86e2625996f6ef1497b390dea38',
	},
	{
		name: 'JSON array body',
		...made,
		body: '["USDT","BTC"]',
		signature:
			'17c936a544dcbdae2fd3d0a1b33c3e9b9277b261f07190ba9aef58782f4845a680e711e0bb98504fdf56c5e75b3b641c6e3cff70f5697d4669fdaee21c971d3b',
	},
	{
		name: 'notification',
		...made,
		body: '{"bizType":"OTC","bizId":"79550727153516602","bizStatus":"WITHDRAW_SUCCESS","clientId":"cid","data":"{\\"type\\":\\"SELL\\",\\"orderId\\":\\"79550727153516602\\"}"}',
		signature:
			'ff26883824f30754add857dc0065082dd56a9298f25cb03e086cbb4a44bbbc8df65ff2abb33bf80d85164307c05d9f10863fcd0bf05eb3843915819f651800ea',
	},
];

describe('Gate Pay signatures in the sandbox', () => {
	it.each(vectors)('reproduces: $name', ({ secret, signature, ...parts }) => {
		expect(sign(secret, parts)).toBe(signature);
		expect(sign(secret, { ...parts, body: Buffer.from(parts.body) })).toBe(signature);
		expect(verify(secret, parts, signature)).toBe(true);
	});

	it.each(['body', 'nonce', 'timestamp'] as const)('refuses another %s', (part) => {
		const [, vector] = vectors;
		if (!vector) throw new Error('no vector');
		const { secret, signature, ...parts } = vector;
		expect(verify(secret, { ...parts, [part]: `${parts[part]}0` }, signature)).toBe(false);
	});

	it('refuses upper case, another length and nothing', () => {
		const [vector] = vectors;
		if (!vector) throw new Error('no vector');
		const { secret, signature, ...parts } = vector;
		for (const wrong of [signature.toUpperCase(), signature.slice(1), '']) {
			expect(verify(secret, parts, wrong)).toBe(false);
		}
	});
});
