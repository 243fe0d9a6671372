import type { JsonRecord } from './values.mts';

export interface UploadedFile {
	name: string;
	type: string;
	size: number;
}

export interface Form {
	/** The values of the fields. The value of a file is its name, and repeated parts become a list. */
	fields: JsonRecord;
	files: Record<string, UploadedFile[]>;
}

/** Reads application/x-www-form-urlencoded; repeated fields become a list. */
export function readFields(body: Buffer): JsonRecord {
	const parameters = new URLSearchParams(body.toString());
	const fields: JsonRecord = {};
	for (const name of new Set(parameters.keys())) {
		const values = parameters.getAll(name);
		fields[name] = values.length === 1 ? values[0] : values;
	}
	return fields;
}

/** Reads multipart/form-data. Throws when the body is not what its content type says. */
export async function readForm(body: Buffer, contentType: string): Promise<Form> {
	const headers = { 'content-type': contentType };
	const parts = await new Response(new Uint8Array(body), { headers }).formData();
	const form: Form = { fields: {}, files: {} };
	parts.forEach((value, name) => {
		const text = typeof value === 'string' ? value : value.name;
		const earlier = form.fields[name];
		form.fields[name] = earlier === undefined ? text : [earlier, text].flat();
		if (typeof value === 'string') return;
		const { name: fileName, type, size } = value;
		form.files[name] = [...(form.files[name] ?? []), { name: fileName, type, size }];
	});
	return form;
}
