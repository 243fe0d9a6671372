/** Fields and files as one multipart/form-data body, byte for byte what goes on the wire (RFC 7578, WHATWG names). */
export function multipart(
	fields: ReadonlyArray<readonly [string, string]>,
	files: readonly UploadFile[],
	boundary: string,
): { contentType: string; body: Buffer } {
	const line = (text: string) => Buffer.from(`${text}\r\n`, 'utf8');
	const chunks: Buffer[] = [];
	for (const [name, value] of fields) {
		chunks.push(
			line(`--${boundary}`),
			line(`Content-Disposition: form-data; name="${quoted(name)}"`),
			line(''),
			line(value),
		);
	}
	for (const file of files) {
		chunks.push(
			line(`--${boundary}`),
			line(`Content-Disposition: form-data; name="${quoted(file.field)}"; filename="${quoted(file.name)}"`),
			line(`Content-Type: ${file.type}`),
			line(''),
			file.content,
			line(''),
		);
	}
	chunks.push(line(`--${boundary}--`));
	return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
}

/** A file to upload. All of it is in memory. */
export interface UploadFile {
	field: string;
	name: string;
	type: string;
	content: Buffer;
}

// A quote or a line break in a name would begin another header.
function quoted(name: string): string {
	return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
