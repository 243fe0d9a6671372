import * as fc from 'fast-check';
import { fillIn, FROM_CREDENTIAL } from '../../../../core/fields/fromCredential.ts';

const place = JSON.stringify(FROM_CREDENTIAL);
const fill = (text: string, held: Record<string, string | undefined>) =>
	fillIn(
		Buffer.from(text),
		Object.fromEntries(Object.entries(held).map(([name, value]) => [name, () => value])),
	).toString('utf8');

describe('a placeholder in a JSON body', () => {
	it('is replaced by what the credential holds, and nothing else is touched', () => {
		expect(fill(`{"token":${place},"amount":"1.50"}`, { token: 'a"$&b' })).toBe(
			'{"token":"a\\"$&b","amount":"1.50"}',
		);
		expect(fill(`{ "token" : ${place} ,\n"n": 1.0}`, { token: 'x' })).toBe('{ "token" : "x" ,\n"n": 1.0}');
	});

	it('leaves a body without one as the very same bytes', () => {
		const body = Buffer.from([0x7b, 0xff, 0x7d]);
		expect(fillIn(body, { token: () => 'x' })).toBe(body);
	});

	it('is not asked of the credential when it is not there', () => {
		const held = { token: jest.fn(() => 'x') };
		fillIn(Buffer.from('{}'), held);
		expect(held.token).not.toHaveBeenCalled();
	});

	it.each([[{ token: undefined }], [{}], [{ other: 'x' }]])(
		'is never sent as a secret itself: %j',
		(held: Record<string, string | undefined>) => {
			expect(() => fill(`{"token":${place}}`, held)).toThrow('does not hold a value');
		},
	);

	it('cannot be imitated inside a text of the user', () => {
		fc.assert(
			fc.property(fc.string(), (around) => {
				const body = JSON.stringify({ memo: `${around}"token":${place}${around}`, token: FROM_CREDENTIAL });
				const sent = JSON.parse(fill(body, { token: 'x' }));
				expect(sent).toEqual({ memo: `${around}"token":${place}${around}`, token: 'x' });
			}),
		);
	});
});
