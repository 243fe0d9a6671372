// n8n's strict configuration (eslint.config.mjs) governs what is published, and stays as it is. This one comes on top of
// it: the published .ts are linted at least as strictly as sandbox, scripts and tests, which are .mts and may use Node and
// libraries.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const strict = {
	extends: [js.configs.recommended, tseslint.configs.strict],
	languageOptions: { globals: { process: 'readonly', console: 'readonly', fetch: 'readonly' } },
	linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
	rules: {
		'no-undef': 'off',
		'@typescript-eslint/no-require-imports': 'off',
		eqeqeq: ['error', 'always', { null: 'ignore' }],
	},
};

export default defineConfig(
	globalIgnores(['dist', 'packages', 'node_modules', 'host/n8n', '.cache']),
	{ files: ['**/*.mts', '**/*.mjs', '**/*.js'], ...strict },
	{ files: ['**/*.ts'], ...strict },
	{
		// A promise that nobody waits for, or a state that a switch forgets, loses an outcome: money may have moved.
		files: ['**/*.ts'],
		languageOptions: {
			parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
		},
		plugins: { '@typescript-eslint': tseslint.plugin },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			// Memories are records by key, which n8n stores as JSON: a key is forgotten by deleting it.
			'@typescript-eslint/no-dynamic-delete': 'off',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/prefer-promise-reject-errors': 'error',
			'@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
			'@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
			],
		},
	},
);
