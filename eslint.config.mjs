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
const carriesOut = '/^(where|run|all|get|values|returning|prepare|execute|limit|orderBy)$/'
const door = 'Write through db/write.ts: it checks lock and version and appends the audit entry.'
/** SQL that writes, at the beginning of a text or of a statement in it. */
const sqlWrites = [
  '(insert|replace)\\s+(or\\s+\\w+\\s+)?into\\s',
  'update\\s+(or\\s+\\w+\\s+)?\\S+\\s+set\\s',
  'delete\\s+from\\s',
  '(drop|alter)\\s+(table|trigger|index|view)\\s',
].map(statement => `/(^|[;)]|\\*\\u002f)\\s*${statement}/i`)
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
  {
    // Whatever the database is called there: nothing else is updated and set, or deleted and then asked for more.
    selector: "CallExpression[callee.property.name='set'][callee.object.callee.property.name='update']",
    message: door,
  },
  {
    selector: `CallExpression[callee.property.name=${carriesOut}][callee.object.callee.property.name='delete']`,
    message: door,
  },
  { selector: `AwaitExpression > CallExpression[callee.property.name=${verb}]`, message: door },
  {
    selector: `MemberExpression[computed=true][property.value=/^(insert|update|delete)$/][object.name=${database}]`,
    message: door,
  },
  {
    selector: `VariableDeclarator[init.name=${database}] > ObjectPattern > Property[key.name=/^(insert|update|delete)$/]`,
    message: door,
  },
  ...sqlWrites.flatMap(statement => [
    { selector: `Literal[value=${statement}]`, message: door },
    { selector: `TemplateElement[value.raw=${statement}]`, message: door },
  ]),
  {
    // The table's name is interpolated.
    selector:
      "TaggedTemplateExpression[tag.name='sql'] TemplateElement[value.raw=/^\\s*(update|delete\\s+from)\\s+$/i]",
    message: door,
  },
  {
    selector:
      "MemberExpression[property.name='$client'], MemberExpression[property.value='$client'], Property[key.name='$client']",
    message: 'Only db/client.ts reaches for the driver: it would lead past db/write.ts.',
  },
]

const rawSql = {
  selector: "CallExpression[callee.object.name='sql'][callee.property.name='raw']",
  message: 'SQL as plain text cannot be judged; only the conditions in db/schema are written so.',
}

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
  forbid(['**/*.ts', '**/*.tsx'], [asyncTransaction, ...writes, rawSql, ...clock, ...environment]),
  forbid(['db/schema/**'], [asyncTransaction, ...writes, ...clock, ...environment]),
  forbid(['lib/domain/**'], [asyncTransaction, ...writes, rawSql, ...clock, ...environment, domainIo], tests),
  // Tests and test databases lay rows down, and try what the database must refuse.
  forbid([...tests, 'db/testing/**'], [asyncTransaction, ...clock, ...environment]),
  // The door itself, and the note of a migration that was carried out.
  forbid(['db/write.ts', 'db/client.ts'], [asyncTransaction, ...clock, ...environment]),
  forbid(['lib/server/clock.ts'], [asyncTransaction, ...writes, rawSql, ...environment]),
  forbid(['lib/server/env.ts'], [asyncTransaction, ...writes, rawSql, ...clock]),
  forbid(['*.ts'], [asyncTransaction, ...writes, rawSql, ...clock]),
  // The floors of the bench are bare SQL; a journey has to know what today is.
  forbid(['e2e/**'], [asyncTransaction]),
]
