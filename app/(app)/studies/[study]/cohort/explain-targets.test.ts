import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedStudy } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { readExplainAddress } from '@/lib/schemas/explain'
import { readAboutAddress } from '@/lib/schemas/explain-about'
import { readCohortView } from '@/lib/server/cohort-view'
import { operatorContext } from '@/lib/server/context'
import { explainNumber } from '@/lib/server/explain'
import { explainAbout } from '@/lib/server/explain-about'
import type { ExplainTarget } from './_components/explain-target'
import { makeFigureLinks } from './_components/figure-links'
import { listNumberedFigures, type NumberedFigure } from './_components/numbered-figures'

let test: TestDb
let figures: readonly NumberedFigure[]
let addressOf: (target: ExplainTarget) => Record<string, string>

beforeAll(() => {
  test = createTestDb()
  const study = seedStudy(test.db, SMALL_PROTOCOL)
  const scores = (drop: number) => ({ nprs: { NPRS_AVG: 7 - drop, NPRS_WORST: 8 - drop } })
  const people = [1, 2, 3].map(index => ({
    ...{ number: `MEL-00${index}`, enrolledOn: '2024-01-10', arm: 'ACTIVE', allocatedOn: '2024-02-01' },
    doses: { DOSE1: '2024-02-01' },
    visits: {
      BL: { date: '2024-01-20', forms: scores(0) },
      M1: { date: '2024-03-01', forms: scores(index) },
    },
  }))
  seedOutcomes(test.db, study, people)
  const view = accepted(readCohortView(operatorContext(test.db), 'SMALL', {}))
  figures = listNumberedFigures(view)
  const links = makeFigureLinks({ ...view, query: 'visit=M1&inWindow=1', opensParticipants: true }, '/cohort')
  addressOf = target =>
    Object.fromEntries(new URL(links.explainOf(target), 'http://longitude').searchParams.entries())
})
afterAll(() => test.remove())

const targets = () => [
  ...figures.flatMap(({ explain }) => explain ?? []),
  ...figures.flatMap(({ table }) => table.rows.flatMap(row => row.flatMap(cell => cell.explain ?? []))),
]

describe('what figures and lines of tables are explained by', () => {
  it('opens, in the view of the page', () => {
    const ctx = operatorContext(test.db)
    for (const target of targets()) {
      const given = addressOf(target)
      expect(given.inWindow).toBe('1')
      const about = readAboutAddress(given)
      const page = about
        ? explainAbout(ctx, 'SMALL', accepted(about))
        : explainNumber(ctx, 'SMALL', accepted(readExplainAddress(given)))
      expect({ given, ok: page.ok }).toEqual({ given, ok: true })
    }
  })

  it('is of the thing that the figure counts, and no score where it counts people or events', () => {
    const targetOf = (name: string) => figures.find(figure => figure.name === name)?.explain
    for (const name of ['flow', 'baseline-characteristics', 'enrolment'])
      expect(targetOf(name), name).toEqual({ about: 'participants' })
    expect(targetOf('safety-overview')).toEqual({ about: 'events' })
    for (const name of ['completeness', 'received-forms', 'change', 'responders'])
      expect(targetOf(name), name).toBeNull()
  })

  it('leads from the estimate of each line to its own number', () => {
    const linesOf = (name: string) =>
      figures
        .find(figure => figure.name === name)
        ?.table.rows.map(row => row.flatMap(cell => cell.explain ?? []))
    expect(linesOf('change')?.[0]).toEqual([{ parameter: 'NPRS_AVG', visit: 'M1' }])
    for (const line of linesOf('responders') ?? []) expect(line).toHaveLength(1)
    expect(linesOf('brief')?.flat()).toContainEqual({ about: 'events', class: 'serious' })
  })
})
