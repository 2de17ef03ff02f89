import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Only `worker/` opens workers, so that each one is raced with its signal and ended. */
const noBareWorkers = {
  selector: 'NewExpression[callee.name=/Worker$/]',
  message: 'Workers are opened by WorkerClient in src/lib/worker only.',
};

export default defineConfig(
  globalIgnores(['build/', 'dist/', '.svelte-kit/', 'static/', 'test-results/', 'src/lib/paraglide/']),
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'cli/*.js', 'src/service-worker.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      // TypeScript knows all names.
      'no-undef': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      // Numbers belong into sentences.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // `let { x } = $props()` is how a component declares what it takes.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // Links to blobs and to fragments are no navigation of Kit's.
      'svelte/no-navigation-without-resolve': 'off',
      // Dates here are read once, not watched.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/lib/worker/**'],
    rules: { 'no-restricted-syntax': ['error', noBareWorkers] },
  },
  {
    files: ['src/lib/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/lib/synth/**', 'src/lib/media/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'The same seed must give the same result: use a seeded source.',
        },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] },
);
