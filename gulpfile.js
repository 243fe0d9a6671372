const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { promisify } = require('node:util');

const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

function clean() {
	return rm('dist', { recursive: true, force: true });
}

async function compile() {
	const compiler = require.resolve('typescript/bin/tsc');
	try {
		await run(process.execPath, [compiler, '--project', 'tsconfig.json']);
	} catch (cause) {
		throw new Error(cause.stdout || cause.message); // tsc writes its report to stdout
	}
}

/** Copies the icons. n8n looks for them next to the compiled class that names them. */
function icons() {
	return copy(['credentials/**/*.svg', 'nodes/**/*.svg']);
}

/** Copies what n8n's node panel knows about a node: categories, search words and links. */
function codex() {
	return copy('nodes/**/*.node.json');
}

/** Makes one package tree for each provider under packages/, from the source and from the build. */
async function parts() {
	const { makePackages } = await import('./scripts/packages/make.mts');
	await makePackages();
}

function copy(patterns) {
	// Without encoding: false gulp reads the files as text and writes them again.
	return src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.icons = icons;
exports.build = series(clean, parallel(compile, icons, codex));
exports.packages = series(exports.build, parts);
exports.default = exports.build;
