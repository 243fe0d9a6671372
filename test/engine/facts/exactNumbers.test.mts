import { RecordingServer } from '../harness/index.mts';
import { send } from './probes.mts';

describe('money data in a JSON answer', () => {
	const text = '{"id": 7615917337495251231, "amount": 0.1000, "big": 123456789012345678.5}';
	let server: RecordingServer;
	beforeAll(async () => (server = await RecordingServer.start()));
	afterAll(async () => await server.stop());
	beforeEach(() => server.answer({ body: text }));

	it('loses digits and trailing zeros', async () => {
		const { answer } = await send({ url: server.origin });
		expect(JSON.stringify(answer)).toBe('{"id":7615917337495251000,"amount":0.1,"big":123456789012345680}');
	});

	it('loses them without a JSON content type and with json: true as well', async () => {
		server.answer({ body: text, headers: { 'content-type': 'text/plain' } });
		expect((await send({ url: server.origin })).answer).toMatchObject({ amount: 0.1 });
		expect((await send({ url: server.origin, json: true })).answer).toMatchObject({ amount: 0.1 });
	});

	it("is exact with encoding: 'text'", async () => {
		expect((await send({ url: server.origin, encoding: 'text' })).answer).toBe(text);
	});

	it("is exact with encoding: 'text' in a full response, status errors included", async () => {
		server.answer({ status: 500, body: text });
		const { answer } = await send({
			url: server.origin,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		});
		expect(answer).toMatchObject({ statusCode: 500, body: text });
	});

	it("is an empty text, not undefined, for an empty answer with encoding: 'text'", async () => {
		server.answer({ body: '' });
		expect((await send({ url: server.origin, encoding: 'text' })).answer).toBe('');
	});
});
