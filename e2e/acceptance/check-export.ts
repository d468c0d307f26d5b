import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Expected } from './compare-summary'
import type { Checks } from './run-command'

type Row = Readonly<Record<string, string>>

/** Reads the exported files back: hashes, rows, and the numbers that follow from them by the codebook's rules. */
export function checkExport(checks: Checks, folder: string, expected: Expected): void {
  const bytes = (file: string) => readFileSync(join(folder, file))
  const rows = (file: string) => parse(bytes(file), { columns: true }) as Row[]
  const manifest = JSON.parse(bytes('manifest.json').toString('utf8')) as {
    readonly files: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[]
  }
  for (const { name, rows: count, sha256 } of manifest.files) {
    checks.equal(
      `${name} has the hash of the manifest`,
      createHash('sha256').update(bytes(name)).digest('hex'),
      sha256,
    )
    checks.equal(`${name} has the rows of the manifest`, rows(name).length, count)
  }
  const participants = new Map(rows('participants.csv').map(row => [row.subject, row]))
  checks.equal('participants exported', participants.size, expected.participantsRandomised)
  const used = rows('scores_long.csv').filter(row => row.visit === 'POST' && row.analysis_flag === 'analysis')
  const due = rows('visits.csv').filter(row => row.visit === 'POST' && row.due === '1')
  for (const [parameter, scale] of [
    ['NPRS_AVG', expected.pain_avg],
    ['ODI', expected.odi],
  ] as const) {
    for (const arm of scale.byArm) {
      const mine = used.filter(row => row.arm === arm.arm && row.parameter === parameter && row.change !== '')
      const mean = mine.reduce((sum, row) => sum + Number(row.change), 0) / mine.length
      checks.equal(`${parameter} ${arm.arm} from the files: n of change`, mine.length, arm.change.n)
      checks.near(`${parameter} ${arm.arm} from the files: mean change`, mean, arm.change.mean)
      const responders = mine.filter(row => Number(row.percent_improvement || 'NaN') >= 30 - 1e-9)
      checks.equal(
        `${parameter} ${arm.arm} from the files: 30 % responders of all expected`,
        [responders.length, due.filter(row => row.arm === arm.arm).length],
        [arm.responder30.nonResponderImputation.k, arm.responder30.nonResponderImputation.n],
      )
    }
  }
}
