import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist', 'generated', 'node_modules'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // Values of tables, names of files and words of models are text, never markup.
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Nothing is set as HTML.' },
        { selector: "MemberExpression[property.name='innerHTML']", message: 'Nothing is set as HTML.' },
      ],
    },
  },
  {
    files: ['*.mjs', 'browser/**/*.mjs', 'public/*.js'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', document: 'readonly', window: 'readonly', localStorage: 'readonly',
        matchMedia: 'readonly', fetch: 'readonly', URL: 'readonly', setTimeout: 'readonly', DataTransfer: 'readonly', File: 'readonly', DragEvent: 'readonly', performance: 'readonly', requestAnimationFrame: 'readonly', cancelAnimationFrame: 'readonly', MutationObserver: 'readonly' },
    },
  },
);
