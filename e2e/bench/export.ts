import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, figureOf, quantile, time } from './measure'
import { makeWaitingStudy } from './save'
import { makeLargeStudy, PARAMETERS_PER_VISIT } from './studies'

const ROWS = 1_000_000
const PARTICIPANTS = 10_000
const VISITS = Math.ceil(ROWS / PARTICIPANTS / PARAMETERS_PER_VISIT)
const RUNS = 3
const MEGABYTE = 2 ** 20
const SAVES = 100

/** One SELECT that yields the columns of scores_long.csv. */
const SELECT = `
SELECT st.code study, si.code site, p.number subject, al.arm, s.visit, sv.position, 'scheduled' visit_kind,
  v.visit_date, a.assessment_date, CAST(julianday(a.assessment_date) - julianday(t.given_on) AS INTEGER) study_day,
  a.assessment_date BETWEEN sv.window_start AND sv.window_end in_window,
  a.assessment_date >= t.given_on dose_number,
  CASE WHEN a.assessment_date >= t.given_on
    THEN CAST(julianday(a.assessment_date) - julianday(t.given_on) AS INTEGER) END days_since_last_dose,
  a.location, a.laterality, a.repeat, a.mode, a.source, s.parameter, s.value, 'points' unit, s.missing_reason,
  b.value baseline, s.value - b.value change,
  CASE WHEN b.value <> 0 THEN 100.0 * (b.value - s.value) / b.value END percent_improvement, 1 analysis_flag
FROM participants p
JOIN studies st ON st.id = p.study_id JOIN sites si ON si.id = p.site_id
JOIN allocations al ON al.participant_id = p.id JOIN treatments t ON t.participant_id = p.id
JOIN scores s ON s.participant_id = p.id JOIN assessments a ON a.id = s.assessment_id
JOIN visits v ON v.id = a.visit_id
JOIN scheduled_visits sv ON sv.participant_id = p.id AND sv.visit = s.visit
LEFT JOIN scores b ON b.participant_id = p.id AND b.parameter = s.parameter AND b.visit = 'BL'
WHERE p.voided_at IS NULL AND v.voided_at IS NULL AND a.voided_at IS NULL
ORDER BY si.code, p.number, sv.position, s.parameter`

export function hasSqlite(): boolean {
  return spawnSync('sqlite3', ['-version']).status === 0
}

const script = join(import.meta.dirname, 'export-once.ts')
const once = (file: string, study: string) => ['--import', 'tsx', script, file, study]

/** A million long rows against the program of SQLite itself; memory; and saves while it runs. */
export async function benchExport(): Promise<Figure[]> {
  const large = makeLargeStudy(PARTICIPANTS, VISITS)
  const runs = Array.from({ length: RUNS }, () => {
    const run = spawnSync(process.execPath, once(large.file, large.study), { encoding: 'utf8' })
    if (run.status !== 0) throw new Error(`the export ended with ${run.status}: ${run.stderr}`)
    return JSON.parse(run.stdout) as { milliseconds: number; growth: number }
  })
  const floors = Array.from({ length: RUNS }, () =>
    time(() => selectTo(large.file, join(large.file, '../floor.csv'))),
  )
  const pace = await benchSavesMeanwhile(large.file, large.study)
  large.remove()
  const growth = Math.max(...runs.map(run => run.growth)) / MEGABYTE
  const value = quantile(
    runs.map(run => run.milliseconds),
    0.5,
  )
  return [
    figureOf(`export of ${PARTICIPANTS * VISITS * PARAMETERS_PER_VISIT} rows`, {
      value,
      floor: quantile(floors, 0.5),
      goal: 1.5,
      unit: 'ms',
    }),
    figureOf('memory growth of that export, of 200 MB', { value: growth, floor: 200, goal: 1, unit: 'MB' }),
    pace,
  ]
}

function selectTo(file: string, out: string): void {
  const target = openSync(out, 'w')
  const run = spawnSync('sqlite3', ['-readonly', '-csv', '-header', file, SELECT], {
    stdio: ['ignore', target, 'inherit'],
  })
  closeSync(target)
  if (run.status !== 0) throw new Error(`sqlite3 ended with ${run.status}`)
}

/** The slowest saves in a hundred while an export runs, against those of a quiet time. */
async function benchSavesMeanwhile(file: string, study: string): Promise<Figure> {
  const { test, save } = makeWaitingStudy()
  const quiet = Array.from({ length: SAVES }, (_, index) => time(() => save(index)))
  const exporting = spawn(process.execPath, once(file, study), { stdio: 'ignore' })
  const ended = new Promise(resolve => exporting.once('exit', resolve))
  const during: number[] = []
  for (let index = SAVES; index < 3 * SAVES && exporting.exitCode === null; index += 1) {
    during.push(time(() => save(index)))
    // The event of the end is heard between saves.
    await new Promise(setImmediate)
  }
  await ended
  test.remove()
  const measured = { value: quantile(during, 0.99), floor: quantile(quiet, 0.99), goal: 2, unit: 'ms' }
  return figureOf('saves during an export, p99', measured)
}
