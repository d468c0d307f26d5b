// Only the rules that no other tool can express: what this code base must never write.
// biome does the rest. e2e/architecture/lint.test.ts plants a violation of each.
import parser from '@typescript-eslint/parser'

const asyncTransaction = {
  selector:
    'CallExpression[callee.name=/[tT]ransaction$/] > :matches(ArrowFunctionExpression,FunctionExpression)[async=true], CallExpression[callee.property.name=/[tT]ransaction$/] > :matches(ArrowFunctionExpression,FunctionExpression)[async=true]',
  message: 'A transaction is synchronous: an async callback throws and leaves its rows behind.',
}

const database = '/^(tx|db|database|connection|sqlite)$/'
const verb = '/^(update|delete)$/'
const door = 'Write through db/write.ts: it checks lock and version and appends the audit entry.'
const writes = [
  { selector: "CallExpression[callee.property.name='insert']", message: door },
  {
    selector: `CallExpression[callee.property.name=${verb}][callee.object.name=${database}]`,
    message: door,
  },
  {
    selector: `CallExpression[callee.property.name=${verb}][callee.object.property.name=${database}]`,
    message: door,
  },
  { selector: 'Literal[value=/^\\s*(insert|replace)\\s+(or\\s+\\w+\\s+)?into\\s/i]', message: door },
  { selector: 'Literal[value=/^\\s*(update\\s+\\S+\\s+set|delete\\s+from)\\s/i]', message: door },
  {
    selector: 'TemplateElement[value.raw=/^\\s*(insert|replace)\\s+(or\\s+\\w+\\s+)?into\\s/i]',
    message: door,
  },
  {
    selector: 'TemplateElement[value.raw=/^\\s*(update\\s+\\S+\\s+set|delete\\s+from)\\s/i]',
    message: door,
  },
  {
    // The table's name is interpolated.
    selector:
      "TaggedTemplateExpression[tag.name='sql'] TemplateElement[value.raw=/^\\s*(update|delete\\s+from)\\s+$/i]",
    message: door,
  },
]

const clockText = 'Take the time from the caller; only lib/server/clock.ts reads it.'
const clock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockText },
  { selector: "CallExpression[callee.name='Date']", message: clockText },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: clockText },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Random numbers are not reproducible: take them from the caller.',
  },
]

const environmentText = 'Only lib/server/env.ts reads the environment.'
const environment = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: environmentText },
  { selector: "MemberExpression[object.name='process'][property.value='env']", message: environmentText },
  { selector: 'ImportDeclaration[source.value=/^(node:)?process$/]', message: environmentText },
]

const domainIo = {
  selector:
    "CallExpression[callee.name=/^(fetch|setTimeout|setInterval)$/], MemberExpression[object.name=/^(console|process|crypto|performance)$/]:not([parent.type='MemberExpression'])",
  message: 'lib/domain is pure: no input, output, clock or randomness.',
}

const tests = ['**/*.test.ts', '**/*.test.tsx']
const forbid = (files, rules, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-syntax': ['error', ...rules] },
})

// The last entry that matches a file wins whole, so each names every rule that holds there.
export default [
  { ignores: ['.next/**', 'node_modules/**', 'data/**', 'test-results/**', 'playwright-report/**'] },
  { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser } },
  forbid(['**/*.ts', '**/*.tsx'], [asyncTransaction, ...writes, ...clock, ...environment]),
  forbid(['lib/domain/**'], [asyncTransaction, ...writes, ...clock, ...environment, domainIo], tests),
  // Tests and test databases lay rows down, and try what the database must refuse.
  forbid([...tests, 'db/testing/**'], [asyncTransaction, ...clock, ...environment]),
  // The door itself, and the note of a migration that was carried out.
  forbid(['db/write.ts', 'db/client.ts'], [asyncTransaction, ...clock, ...environment]),
  forbid(['lib/server/clock.ts'], [asyncTransaction, ...writes, ...environment]),
  forbid(['lib/server/env.ts'], [asyncTransaction, ...writes, ...clock]),
  forbid(['*.ts'], [asyncTransaction, ...writes, ...clock]),
  // The floors of the bench are bare SQL; a journey has to know what today is.
  forbid(['e2e/**'], [asyncTransaction]),
]
