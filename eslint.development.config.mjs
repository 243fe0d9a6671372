// n8n's strict configuration (eslint.config.mjs) governs what is published: the .ts files.
// Sandbox, scripts and tests are .mts: they may use Node and libraries, and are linted here.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
	globalIgnores(['dist', 'packages', 'node_modules', '**/*.ts', 'scripts/host', '.cache']),
	{
		files: ['**/*.mts', '**/*.mjs', '**/*.js'],
		extends: [js.configs.recommended, tseslint.configs.strict],
		languageOptions: { globals: { process: 'readonly', console: 'readonly', fetch: 'readonly' } },
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-require-imports': 'off',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
		},
	},
);
