import { gzipSync } from 'node:zlib'
import { readCohortView } from '@/lib/server/cohort-view'
import { operatorContext } from '@/lib/server/context'
import { type Figure, figureOf, medianTime, quantile } from './measure'
import { type PageServer, startPageServer } from './page-server'
import { weighScripts } from './scripts'
import { makeLargeStudy, PARAMETERS_PER_VISIT } from './studies'

const PARTICIPANTS = 10_000
const VISITS = 6
const PARAMETERS = 6
const VIEWS = 100
/** After as many views the heap of a server is what it will be. */
const SETTLED = 10
const MOST_MILLISECONDS = 1500
const MOST_KILOBYTES = 300
const MEGABYTE = 2 ** 20

/** The rows that a cohort is made of, each once, as the driver hands them over. */
const ROWS = [
  `SELECT s.participant_id, s.visit, s.parameter, s.value, s.missing_reason, a.assessment_date
   FROM scores s JOIN assessments a ON a.id = s.assessment_id WHERE a.voided_at IS NULL`,
  'SELECT participant_id, visit, position, target, window_start, window_end FROM scheduled_visits',
  'SELECT participant_id, code, visit_date, missed_reason FROM visits WHERE voided_at IS NULL',
  `SELECT p.id, p.number, p.site_id, p.outcome, p.origin, p.screened_on, p.enrolled_on, p.consent_date, p.age_at_consent,
     p.sex, p.diagnosis, p.eligibility, a.arm, a.allocated_on, t.plan, t.given_on
   FROM participants p LEFT JOIN allocations a ON a.participant_id = p.id LEFT JOIN treatments t ON t.participant_id = p.id
   WHERE p.voided_at IS NULL`,
]

/**
 * The cohort of 10,000 participants, 6 visits and 6 parameters: what is read and computed, and the page that a built server
 * answers with, both against reading the rows; its weight, its scripts, and what a hundred views leave behind.
 */
export async function benchCohort(): Promise<Figure[]> {
  if (PARAMETERS_PER_VISIT !== PARAMETERS) throw new Error('the forms of the bench are not of six parameters')
  const large = makeLargeStudy(PARTICIPANTS, VISITS)
  const ctx = operatorContext(large.db)
  const statements = ROWS.map(text => large.sqlite.prepare(text))
  const floor = medianTime(7, () => {
    for (const statement of statements) statement.all()
  })
  const read = medianTime(7, () => {
    const cohort = readCohortView(ctx, large.study, {})
    if (!cohort.ok || cohort.value.inSet !== PARTICIPANTS) throw new Error('the cohort is not whole')
    if (cohort.value.parameters.length !== PARAMETERS) throw new Error('not six parameters are reported')
  })
  const server = await startPageServer(large, large.study)
  try {
    const size = `${PARTICIPANTS} × ${VISITS} × ${PARAMETERS}`
    return [
      figureOf(`cohort read and computed, ${size}`, { value: read, floor, goal: 3, unit: 'ms' }),
      ...(await benchViews(server, `/studies/${large.study}/cohort`, { floor, size })),
    ]
  } finally {
    await server.stop()
    large.remove()
  }
}

async function benchViews(
  server: PageServer,
  path: string,
  { floor, size }: { readonly floor: number; readonly size: string },
): Promise<Figure[]> {
  const spent: number[] = []
  let settled = Number.NaN
  let page = ''
  for (let view = 1; view <= VIEWS; view += 1) {
    const start = performance.now()
    page = await server.readPage(path)
    spent.push(performance.now() - start)
    if (view === SETTLED) settled = await server.readHeap()
  }
  const last = await server.readHeap()
  if (!page.includes(`n = ${PARTICIPANTS}`)) throw new Error('the page does not show the cohort')
  const value = quantile(spent.slice(SETTLED), 0.5)
  const kilobytes = gzipSync(page, { level: 6 }).length / 1000
  const before = await server.readPage(`${path}?dataCut=2000-01-01`)
  const weigh = (html: string) => weighScripts(html, server.readFile)
  const [scripts, without] = [await weigh(page), await weigh(before)]
  return [
    figureOf(`cohort page, ${size}`, { value, floor, goal: 3, unit: 'ms' }),
    figureOf('that page, of 1500 ms', { value, floor: MOST_MILLISECONDS, goal: 1, unit: 'ms' }),
    figureOf('that page compressed, of 300 kB', {
      value: kilobytes,
      floor: MOST_KILOBYTES,
      goal: 1,
      unit: 'kB',
    }),
    figureOf('JavaScript of that page, against one without figures', {
      value: scripts / 1000,
      floor: without / 1000,
      goal: 1,
      unit: 'kB',
    }),
    figureOf('heap after 100 views of it, against 10', {
      value: last / MEGABYTE,
      floor: settled / MEGABYTE,
      goal: 1.05,
      unit: 'MB',
    }),
  ]
}
