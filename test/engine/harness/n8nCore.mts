// n8n-core reads its settings when it is first imported: this file has to be imported before n8n-core.
import 'reflect-metadata';

process.env.N8N_LOG_LEVEL = 'silent';
// A proxy of the machine would stand between the nodes and the servers on 127.0.0.1.
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']) {
	Reflect.deleteProperty(process.env, name);
}
