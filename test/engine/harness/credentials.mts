import './n8nCore.mts';
import {
	ICredentialsHelper,
	UnexpectedError,
	deepCopy,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeParameters,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
	type Workflow,
} from 'n8n-workflow';
import type { Access } from './types.mts';

/** Does the same as n8n's CredentialsHelper (packages/cli, credentials-helper.ts), without a database. */
export class StubCredentialsHelper extends ICredentialsHelper {
	private readonly values: Record<string, ICredentialDataDecryptedObject>;

	private readonly types: Record<string, ICredentialType>;

	constructor({ credentials = {}, credentialTypes = {} }: Access) {
		super();
		this.values = credentials;
		this.types = credentialTypes;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		item?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const values = this.values[type];
		if (!values) throw new UnexpectedError(`The test gives no credential of type ${type}`);
		if (raw === true) return deepCopy(values);
		const defaults = this.getCredentialsProperties(type).map(({ name, default: value }) => [name, value]);
		const all: INodeParameters = deepCopy({ ...Object.fromEntries(defaults), ...values }) as INodeParameters;
		if (!item) return all as ICredentialDataDecryptedObject;
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = item;
		const keys = {};
		return workflow.expression.getParameterValue(
			all,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			keys,
			executeData,
			false,
			all,
		) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeOf(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (authenticate?.type !== 'generic') return requestOptions;

		const resolve = (text: string) => resolveWith(credentials, text, workflow, node);
		requestOptions.headers ??= {};
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			const resolved = Object.entries(entries).map(([key, value]) => [resolve(key), resolve(String(value))]);
			const present: unknown = Reflect.get(requestOptions, part);
			Reflect.set(requestOptions, part, Object.assign(present ?? {}, Object.fromEntries(resolved)));
		}
		return requestOptions;
	}

	/** Logs in when the expirable field is empty or has expired, and keeps the result in the credential. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeOf(typeName);
		const field = type.properties.find((one) => one.type === 'hidden' && one.typeOptions?.expirable)?.name;
		if (field === undefined || type.preAuthentication === undefined) return undefined;
		if (credentials[field] !== '' && !expired) return undefined;

		const output = await type.preAuthentication.call(helpers, credentials);
		if (output[field] === undefined) return undefined;
		Object.assign(this.values[typeName], output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	getParentTypes(typeName: string): string[] {
		const parents = this.types[typeName]?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.types[typeName]?.properties ?? [];
	}

	async getCredentials(): Promise<ICredentials> {
		throw new UnexpectedError('The harness has no encrypted credentials');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	private typeOf(typeName: string): ICredentialType {
		const type = this.types[typeName];
		if (!type) throw new UnexpectedError(`The test gives no credential class for ${typeName}`);
		return type;
	}
}

function resolveWith(
	credentials: ICredentialDataDecryptedObject,
	text: string,
	workflow: Workflow,
	node: INode,
): string {
	if (!isExpression(text)) return text;
	const keys = { $credentials: credentials };
	const value = workflow.expression.getSimpleParameterValue(node, text, 'internal', keys, undefined, '');
	return value ? String(value) : '';
}
