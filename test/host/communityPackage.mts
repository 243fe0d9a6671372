import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { npmPack } from '../../scripts/pack.mts';

export const probeNode = 'n8n-nodes-host-probe.probe';
export const leakNode = 'n8n-nodes-host-probe.leak';
export const probeCredential = 'hostProbeApi';

/** Proves that n8n gave the secret to the probe. The probe must not show the secret itself, because the tests search for it. */
export const fingerprintOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/**
 * Packs the smallest community package: a credential, a node that uses it, and a node that leaks its secret in every way
 * that a node has. Resolves to its tarball.
 */
export async function packCommunityPackage(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'host-probe-'));
	for (const [path, text] of Object.entries(sources)) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}
	const { path } = await npmPack(folder);
	await rm(folder, { recursive: true });
	return path;
}

const manifest = {
	name: 'n8n-nodes-host-probe',
	version: '1.0.0',
	keywords: ['n8n-community-node-package'],
	files: ['dist'],
	n8n: {
		n8nNodesApiVersion: 1,
		credentials: ['dist/HostProbeApi.credentials.js'],
		nodes: ['dist/Probe.node.js', 'dist/Leak.node.js'],
	},
	peerDependencies: { 'n8n-workflow': '*' },
};

const sources = {
	'package.json': JSON.stringify(manifest),
	'dist/HostProbeApi.credentials.js': `
		exports.HostProbeApi = class {
			name = '${probeCredential}';
			displayName = 'Host Probe API';
			properties = [
				{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
				{ displayName: 'Secret', name: 'secret', type: 'string', typeOptions: { password: true }, default: '' },
			];
			authenticate = { type: 'generic', properties: { headers: { 'X-Secret': '={{$credentials.secret}}' } } };
			test = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/healthz' } };
		};`,
	'dist/Probe.node.js': `
		const { createHash } = require('node:crypto');
		exports.Probe = class {
			description = {
				displayName: 'Host Probe', name: 'probe', group: ['transform'], version: 1, description: 'Gives out what it got',
				defaults: { name: 'Probe' }, inputs: ['main'], outputs: ['main'],
				credentials: [{ name: '${probeCredential}', required: true }],
				properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
			};
			async execute() {
				const { secret } = await this.getCredentials('${probeCredential}');
				return [this.getInputData().map((item, index) => ({
					json: {
						text: this.getNodeParameter('text', index),
						fingerprint: createHash('sha256').update(secret).digest('hex'),
					},
					pairedItem: index,
				}))];
			}
		};`,
	'dist/Leak.node.js': `
		exports.Leak = class {
			description = {
				displayName: 'Host Leak', name: 'leak', group: ['transform'], version: 1, description: 'Gives the secret away',
				defaults: { name: 'Leak' }, inputs: ['main'], outputs: ['main'],
				credentials: [{ name: '${probeCredential}', required: true }], properties: [],
			};
			async execute() {
				const { secret } = await this.getCredentials('${probeCredential}');
				console.log('said ' + secret);
				this.logger.warn('logged ' + encodeURIComponent(secret));
				this.customData.set('kept', Buffer.from(secret).toString('hex'));
				this.getWorkflowStaticData('global').kept = Buffer.from('x' + secret).toString('base64');
				const binary = { file: await this.helpers.prepareBinaryData(Buffer.from(secret), 'secret.txt', 'text/plain') };
				return [[{ json: { secret }, binary }]];
			}
		};`,
};
