/**
 * The real trial: `npm run acceptance -- DIR`, where DIR holds `ashar2022/` and stands beside `protocols/`. Applies the
 * protocol, imports the public outcome file through the committed mapping, and compares every number of
 * `summary --json`, of the exported files and of the cohort page in the browser with what R computed from the same rows.
 * Numbers are compared to 1e-9 of their size (to 1e-9 where R says 0). Ends with `N passed, N failed`; exit 1 when one
 * failed or there is no browser, 2 on wrong usage.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findChromium } from '../find-chromium'
import { checkExport } from './check-export'
import { comparePage } from './compare-page'
import { compareSummary, type Expected, type SummaryDocument } from './compare-summary'
import { Checks, makeCommand } from './run-command'

const folder = process.argv[2]
if (folder === undefined || !existsSync(resolve(folder, 'ashar2022', 'expected.json'))) {
  console.error('Usage: npm run acceptance -- DIR, where DIR/ashar2022/expected.json is')
  process.exit(2)
}
const data = resolve(folder, 'ashar2022')
const protocols = resolve(folder, '..', 'protocols')
const mapping = new URL('ashar2022.mapping.json', import.meta.url).pathname
const NO_CHROMIUM =
  'there is no Chromium here: install the package chromium, or run npx playwright install chromium'
const scratch = mkdtempSync(join(tmpdir(), 'longitude-acceptance-'))
const checks = new Checks()
try {
  await runAcceptance()
} catch (error) {
  checks.equal('the run comes to its end', error instanceof Error ? error.message : String(error), 'done')
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`${checks.passed} passed, ${checks.failed} failed`)
process.exit(checks.failed > 0 ? 1 : 0)

async function runAcceptance(): Promise<void> {
  const databaseFile = join(scratch, 'acceptance.db')
  const longitude = makeCommand(databaseFile)
  const expected = JSON.parse(readFileSync(join(data, 'expected.json'), 'utf8')) as Expected
  const apply = (protocol: string) => longitude(['study', 'apply', join(protocols, protocol), '--json'])

  checks.equal('ashar-2022.json is applied', apply('ashar-2022.json').exitCode, 0)
  checks.equal('admsc-2022.json is applied', apply('admsc-2022.json').exitCode, 0)
  const again = apply('admsc-2022.json')
  checks.equal('admsc-2022.json a second time is accepted', again.exitCode, 0)
  checks.equal(
    'admsc-2022.json a second time publishes nothing',
    again.json<{ published: unknown[] }>().published,
    [],
  )

  const file = join(data, 'outcomes_demographics.csv')
  const importArguments = ['import', '--study', 'ASHAR2022', '--mapping', mapping, file, '--json']
  checks.equal('unknown participants are refused without --register', longitude(importArguments).exitCode, 1)
  const imported = longitude([...importArguments, '--register'])
  checks.equal('the outcome file is imported', imported.exitCode, 0)
  const report = imported.json<ImportReport>()
  checks.equal('rows read', report.rowsRead, expected.rowsRead)
  checks.equal('participants registered', report.participants.registered, expected.participantsRandomised)
  const left = Object.fromEntries(report.skipped.map(({ reason, subjects }) => [reason, subjects]))
  checks.equal(
    'healthy controls are left out and reported',
    left['healthy control'],
    expected.healthyControls,
  )
  checks.equal(
    'who was never randomised is left out and reported',
    left['patient never randomised'],
    expected.neverRandomised,
  )
  const heads = () => longitude(['audit', 'verify', '--json']).stdout
  const before = heads()
  const second = longitude([...importArguments, '--register'])
  checks.equal('the same file a second time is accepted', second.exitCode, 0)
  checks.equal(
    'the same file a second time changes nothing',
    second.json<ImportReport>().changedAnything,
    false,
  )
  checks.equal('the same file a second time leaves the audit as it was', heads(), before)

  const summary = longitude(['summary', '--study', 'ASHAR2022', '--json'])
  checks.equal('the summary is printed', summary.exitCode, 0)
  compareSummary(checks, expected, summary.json<SummaryDocument>())

  const out = join(scratch, 'export')
  checks.equal(
    'the study is exported',
    longitude(['export', '--study', 'ASHAR2022', '--out', out]).exitCode,
    0,
  )
  checkExport(checks, out, expected)

  const chromium = findChromium()
  if (chromium === undefined) {
    checks.equal('the cohort page is read in a browser', NO_CHROMIUM, 'read')
    return
  }
  const compared = await comparePage(checks, databaseFile, expected, chromium)
  console.log(`  cohort page in Chromium: ${compared} numbers compared with R`)
}

interface ImportReport {
  readonly rowsRead: number
  readonly changedAnything: boolean
  readonly participants: { readonly registered: number }
  readonly skipped: readonly { readonly reason: string; readonly subjects: number }[]
}
