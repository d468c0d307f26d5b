// The direction of imports: domain <- schemas <- db <- server <- app, cli.
// The rules name folders, and renaming a folder would silently disarm one:
// e2e/architecture/cruise.test.ts plants a violation of each.
const tests = '\\.test\\.tsx?$'
const fixtures = '/__fixtures__/'

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      comment: 'An import that cannot be followed cannot be judged.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'No I/O, framework, zod or node builtin; of packages only pure computation.',
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: `${tests}|${fixtures}` },
      to: { pathNot: '^(lib/domain/|node_modules/@stdlib/stats-)' },
    },
    {
      name: 'domain-tests-stay-low',
      severity: 'error',
      from: { path: `^lib/domain/.*${tests}` },
      to: { path: '^(app|db|e2e|lib/(?!domain/))' },
    },
    {
      name: 'schemas-only-domain-and-zod',
      severity: 'error',
      from: { path: '^lib/schemas/', pathNot: tests },
      to: { pathNot: '^(lib/(schemas|domain)/|node_modules/zod/)' },
    },
    {
      name: 'format-only-domain',
      severity: 'error',
      from: { path: '^lib/format/', pathNot: tests },
      to: { pathNot: '^lib/(format|domain)/' },
    },
    {
      name: 'db-does-not-look-up',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(app|e2e|lib/(?!domain/|schemas/))' },
    },
    {
      name: 'lib-does-not-look-up',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|e2e)/' },
    },
    {
      name: 'app-goes-through-server',
      comment:
        'Authorisation lives in lib/server: a page or an action never reads the database itself. A test of a page may lay one down.',
      severity: 'error',
      from: { path: '^(app/|[^/]+$)', pathNot: tests },
      to: { path: '^(db|e2e|lib/cli)/' },
    },
    {
      name: 'cli-goes-through-server',
      comment: 'A command calls use cases; it may open the database and hold the data of the demo.',
      severity: 'error',
      from: { path: '^lib/cli/', pathNot: tests },
      to: { path: '^db/(?!client\\.ts$|demo/)' },
    },
    {
      name: 'server-does-not-import-cli',
      severity: 'error',
      from: { path: '^lib/server/' },
      to: { path: '^lib/cli/' },
    },
    {
      name: 'components-are-client-safe',
      severity: 'error',
      from: { path: ['^app/_ui/', '^app/.+/_components/'] },
      to: { path: '^(db|lib/server)/' },
    },
    {
      name: 'driver-only-in-client',
      comment: 'db/client.ts is the only file that opens a database: the pragmas are set there.',
      severity: 'error',
      from: { pathNot: `^db/client\\.ts$|^db/testing/|^e2e/bench/|${tests}` },
      to: { path: 'node_modules/(@types/)?better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sql-stays-in-db',
      severity: 'error',
      from: { path: '^(app|lib)/', pathNot: tests },
      to: { path: 'node_modules/drizzle-orm/' },
    },
    {
      name: 'next-only-in-action-and-auth',
      comment: 'A use case runs under the command line and in tests, where there is no request.',
      severity: 'error',
      from: { path: '^(lib|db)/', pathNot: '^lib/server/(action|auth)(\\.test)?\\.ts$' },
      to: { path: 'node_modules/next(-auth)?/' },
    },
    {
      name: 'no-server-only',
      comment: 'It throws under tsx and vitest; the import rules keep the server off the client.',
      severity: 'error',
      from: {},
      to: { path: '(^|node_modules/)server-only($|/)' },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { path: '^(app|db|lib)/', pathNot: `^db/testing/|${tests}` },
      to: { path: '^db/testing/' },
    },
    {
      name: 'fixtures-only-in-tests',
      severity: 'error',
      from: { pathNot: `${tests}|${fixtures}` },
      to: { path: fixtures },
    },
    {
      name: 'demo-only-from-cli',
      severity: 'error',
      from: { path: '^(app|db|lib)/', pathNot: `^db/demo/|^lib/cli/|${tests}` },
      to: { path: '^db/demo/' },
    },
    {
      name: 'e2e-only-testing-and-domain',
      comment: 'Journeys use the product as its users do.',
      severity: 'error',
      from: { path: '^e2e/', pathNot: '^e2e/bench/' },
      to: { path: '^(app|lib/(?!domain/)|db/(?!testing/))' },
    },
    {
      name: 'bench-measures-use-cases',
      severity: 'error',
      from: { path: '^e2e/bench/' },
      to: { path: '^(app|lib/(?!domain/|server/)|db/(?!testing/))' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^\\.next' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
