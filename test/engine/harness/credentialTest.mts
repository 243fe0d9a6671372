import './engineServices.mts';
import { CredentialTestContext } from 'n8n-core';
import {
	UnexpectedError,
	type ICredentialDataDecryptedObject,
	type INodeCredentialTestResult,
	type INodeType,
} from 'n8n-workflow';
import { newExecution } from './additionalData.mts';
import { accessOf, buildWorkflow } from './workflows.mts';

/** The test of a credential, as n8n does it after Save: by the function that the node names in `testedBy`. */
export async function testCredential(
	node: INodeType,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const testedBy = node.description.credentials?.find(({ name }) => name === type)?.testedBy;
	const test = typeof testedBy === 'string' ? node.methods?.credentialTest?.[testedBy] : undefined;
	if (!test) throw new UnexpectedError(`${node.description.name} does not test ${type}`);
	const steps = { Node: { node, parameters: {} } };
	const context = new CredentialTestContext(
		newExecution(buildWorkflow(steps, []), 'internal', accessOf(steps)),
	);
	return await test.call(context, { id: '1', name: type, type, data });
}
