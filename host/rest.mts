import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export const localOwner: Owner = {
	email: 'owner@example.com',
	password: 'Local-n8n-1',
	firstName: 'Local',
	lastName: 'Owner',
};

export interface Session {
	/** n8n's public API (/api/v1), with the API key. */
	api: AxiosInstance;
	/** The API of the editor (/rest), with the owner's session. It wraps its answers in `data`. */
	rest: AxiosInstance;
	apiKey: string;
}

/** What n8n answered to a request that it did not accept. */
export class N8nRefusal extends Error {
	/** Undefined when n8n did not answer at all. */
	readonly status: number | undefined;

	constructor(message: string, status: number | undefined) {
		super(message);
		this.status = status;
	}
}

/** Signs the owner in (on a new n8n: creates it) and gets an API key. Both stay valid over restarts. */
export async function openSession(url: string, owner: Owner): Promise<Session> {
	const rest = client(`${url}/rest`);
	const settings = await rest.get<{ data: { userManagement: { showSetupOnFirstLoad: boolean } } }>(
		'/settings',
	);
	const isNew = settings.data.data.userManagement.showSetupOnFirstLoad;
	const signedIn = isNew
		? await rest.post('/owner/setup', owner)
		: await rest.post('/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	rest.defaults.headers.common['cookie'] = (signedIn.headers['set-cookie'] ?? [])
		.map((cookie) => cookie.split(';', 1)[0])
		.join('; ');

	const scopes = await rest.get<{ data: string[] }>('/api-keys/scopes');
	const created = await rest.post<{ data: { rawApiKey: string } }>('/api-keys', {
		label: `local ${Date.now()}`,
		expiresAt: null,
		scopes: scopes.data.data,
	});
	const apiKey = created.data.data.rawApiKey;
	const api = client(`${url}/api/v1`);
	api.defaults.headers.common['X-N8N-API-KEY'] = apiKey;
	return { api, rest, apiKey };
}

/** An axios that throws N8nRefusal, which says what n8n answered. jest cannot report axios' own errors: they are circular. */
function client(baseURL: string): AxiosInstance {
	// A busy n8n closes an idle connection at the moment in which the next request uses it. So each request gets its own.
	const httpAgent = new Agent({ keepAlive: false });
	const instance = axios.create({ baseURL, proxy: false, timeout: 300_000, httpAgent });
	instance.interceptors.response.use(undefined, (cause: unknown) => {
		if (!axios.isAxiosError(cause)) throw cause;
		const { config, response } = cause;
		const answer = response ? `${response.status} ${JSON.stringify(response.data)}` : cause.message;
		throw new N8nRefusal(`n8n, ${config?.method} ${config?.url}: ${answer}`, response?.status);
	});
	return instance;
}
