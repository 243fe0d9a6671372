import { askedText } from '../../../../core/items/asked.ts';

describe('what was asked for, in a message that goes to the log too', () => {
	it.each([
		['4444444444441234', '4444...1234'],
		['4444 4444 4444 1234', '4444...1234'],
		['4444  4444  4444  1234', '4444...1234'],
		['4444\u00a04444\u00a04444\u00a01234', '4444...1234'],
		['4444.4444.4444.1234', '4444...1234'],
		['4444/4444/4444/1234', '4444...1234'],
		[' 4444444444441234', ' 4444...1234'],
		['Sber 4444 4444 4444 1234, Ivan', 'Sber 4444...1234, Ivan'],
		['DE89370400440532013000', 'DE89...3000'],
		['DE89 3704 0044 0532 0130 00', 'DE89...3000'],
		['de89370400440532013000', 'de89...3000'],
	])('has only the ends of a card or account number: %j', (requisites, told) =>
		expect(askedText({ requisites })).toBe(`requisites ${told}`),
	);

	it.each([
		['amount', '123456789012'],
		['amount', '123456789012.5'],
		['amount', '0.000000000000000001'],
		['address', 'TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9'],
		['address', '0x1234567890123456789012345678901234567890'],
		['address', 'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ'],
		['address', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
		['memo', '1234567'],
	])('has the whole %s %s', (name, value) => expect(askedText({ [name]: value })).toBe(`${name} ${value}`));
});
