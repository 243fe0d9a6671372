// n8n-core reads its settings at its first import. So import this file before n8n-core.
import 'reflect-metadata';

process.env.N8N_LOG_LEVEL = 'silent';
// A proxy of the machine would come between the nodes and the servers on 127.0.0.1.
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']) {
	Reflect.deleteProperty(process.env, name);
}
