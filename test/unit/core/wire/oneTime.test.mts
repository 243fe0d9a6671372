import { checkFile } from '../../../../core/fields/file.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { buildRequest } from '../../../../core/wire/request.ts';

const row: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create payment',
	description: 'Create',
	request: 'POST /v1/payments',
	effect: 'money',
	docs: 'https://docs.example',
	returns: {},
	once: { oneTime: ['code'] },
};
const account = { origin: 'https://api.example', id: 'me', secrets: [] };
const build = (values: Record<string, string>) =>
	buildRequest(row, { account, headers: {}, files: [], boundary: 'b', values });

describe('a one-time code', () => {
	it('is sent, and is no part of what the payment is', () => {
		const [first, second, none] = [
			build({ amount: '1', code: '111111' }),
			build({ amount: '1', code: '222222' }),
			build({ amount: '1' }),
		];
		expect(first.body?.toString()).toBe('{"amount":"1","code":"111111"}');
		expect(second.body?.toString()).toBe('{"amount":"1","code":"222222"}');
		expect([second.fingerprint, none.fingerprint]).toEqual([first.fingerprint, first.fingerprint]);
		expect(build({ amount: '2', code: '111111' }).fingerprint).not.toBe(first.fingerprint);
	});
});

describe('a file where no types are documented', () => {
	const check = (name: string | undefined, content: Buffer) =>
		checkFile({ field: 'f', label: 'Receipt', name, content }, { kind: 'file', maximumBytes: 4 });

	it('may have any ending, a name, and no more than the size', () => {
		expect(check('a.heic', Buffer.from('1234')).type).toBe('application/octet-stream');
		expect(check('noending', Buffer.from('1')).name).toBe('noending');
		expect(() => check(undefined, Buffer.from('1'))).toThrow(/^Receipt has no file name$/);
		expect(() => check('a.heic', Buffer.from('12345'))).toThrow('at most');
	});

	it('must be inside what its ending says', () => {
		expect(() => check('a.png', Buffer.from('1234'))).toThrow('is not a png file inside');
	});
});
