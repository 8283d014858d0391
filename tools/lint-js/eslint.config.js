// ESLint's recommended rules, and few more: what they find are mistakes, not tastes.
import js from '@eslint/js';
import globals from 'globals';

const page = { ...globals.browser, Module: 'readonly' };

export default [
  { ignores: ['**/node_modules/**', 'build/**', '.toolchain/**'] },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: true }],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
      'no-var': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  { files: ['tools/**', 'tests/**', 'bench/**'], languageOptions: { globals: globals.node } },
  // Functions of the page tests run in the page, those of the benchmark's peers too.
  { files: ['tests/page/**', 'bench/**'], languageOptions: { globals: { ...globals.node, ...page, convoscope: 'readonly' } } },
  { files: ['web/**'], languageOptions: { globals: page } },
  { files: ['web/worker/**'], languageOptions: { globals: globals.worker } },
  { files: ['web/shell/service-worker.js'], languageOptions: { globals: globals.serviceworker } },
  // Emscripten's --js-library files, which are scripts of its own dialect.
  {
    files: ['web/platform/*.js', 'web/**/*_library.js', 'web/**/library_*.js'],
    languageOptions: { sourceType: 'script', globals: { ...page, addToLibrary: 'readonly', mergeInto: 'readonly', LibraryManager: 'readonly' } },
    rules: { 'no-undef': 'off', 'no-unused-vars': 'off' },
  },
];
