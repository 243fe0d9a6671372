/** Tests are .mts and run as CommonJS through swc. `npm run typecheck` checks their types. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json', 'node'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/packages',
		'<rootDir>/host/n8n',
		'<rootDir>/.cache',
	],
	transform: {
		'\\.m?tsx?$|/node_modules/(flesch|syllable|@scure/base)/.+\\.js$': [
			'@swc/jest',
			{
				jsc: {
					parser: { syntax: 'typescript', decorators: true },
					target: 'es2022',
					transform: { legacyDecorator: true, decoratorMetadata: true },
				},
				module: { type: 'commonjs' },
			},
		],
	},
	// These three are published as ES modules only.
	transformIgnorePatterns: ['/node_modules/(?!(flesch|syllable|@scure/base)/)'],
	testTimeout: 600_000, // no test may fail because a machine is slow
};
