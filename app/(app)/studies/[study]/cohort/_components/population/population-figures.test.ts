import { describe, expect, it } from 'vitest'
import { expectApart, expectInside } from '@/app/_ui/charts/__fixtures__/geometry'
import { BY_ARM, day, makeScheduled, makeScore, POOLED } from '@/lib/domain/outcomes/__fixtures__/cohort'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { makeData, makeRecord, prepareFrom, TREATED } from '@/lib/domain/population/__fixtures__/population'
import type { ScreenedRecord } from '@/lib/domain/population/population-data'
import { computePopulation } from '@/lib/domain/population/population-summary'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { addDays } from '@/lib/domain/shared/calendar-date'
import type { PartialDate } from '@/lib/domain/shared/partial-date'
import { viewFrom } from '../__fixtures__/cohort-view'
import type { CohortView } from '../cohort-view'
import { PANEL_WIDTHS } from '../report-figure'
import { listPopulationFigures } from './population-figures'

const ARMS = ['PRT', 'PLACEBO', 'USUAL_CARE', 'WAITING_LIST'].map(code => ({
  code,
  name: `${code.toLowerCase()} for twelve weeks`,
  ratio: 1,
}))

function makePeople(n: number): ScreenedRecord[] {
  const start = day('2023-01-09')
  return Array.from({ length: n }, (_, index) => {
    const consent = addDays(start, index % 300)
    const base = {
      screenedOn: consent,
      enrolledOn: consent,
      allocatedOn: consent,
      age: 25 + (index % 40),
      sex: index % 2 === 0 ? ('female' as const) : ('male' as const),
      diagnosis: `Discogenic pain ${index % 3}`,
      site: ['MEL', 'SYD', 'BNE'][index % 3] ?? 'MEL',
    }
    if (index % 10 === 9)
      return makeRecord(index + 1, {
        ...base,
        outcome: 'screenFailure',
        enrolledOn: null,
        failedCriteria: ['E1'],
      })
    if (index % 17 === 16)
      return makeRecord(index + 1, {
        ...base,
        doseDates: [addDays(consent, 20)],
        departures: [
          { kind: 'lost', date: addDays(consent, 90) as string as PartialDate, cause: 'movedAway' },
        ],
      })
    return makeRecord(index + 1, { ...base, doseDates: [addDays(consent, 20)] })
  })
}

function makeView(n: number, arms: number, masking = BY_ARM): CohortView {
  const protocol: Protocol = {
    ...TREATED,
    arms: arms === 1 ? TREATED.arms : ARMS.slice(0, arms),
    study: { ...TREATED.study, plannedParticipants: n },
  }
  const people = makePeople(n)
  const schedule = people.flatMap(({ participant }) =>
    makeScheduled(participant, 'M3', '2023-06-01', '2023-12-31'),
  )
  const scores = people
    .filter(({ participant }) => participant % 5 !== 0)
    .map(({ participant }) =>
      makeScore(participant, 'M3', participant % 11, { parameter: 'NPRS_AVG', date: day('2023-12-01') }),
    )
  const facts: CohortData = { participants: [], schedule, scores, missedVisits: [] }
  const armOf = (participant: number) => protocol.arms[participant % protocol.arms.length]?.code ?? ''
  const cohort = prepareFrom(people, protocol, { masking, armOf, data: { schedule, scores } })
  const data = makeData({
    people,
    doses: people.flatMap(({ participant, doseDates }) =>
      doseDates.map(date => ({
        participant,
        plan: 'DOSE1',
        date,
        details: {
          CELL_COUNT: { value: 10 + (participant % 7) / 10 },
          VIABILITY: { value: 90 + (participant % 9) },
        },
      })),
    ),
    visits: people.map(({ participant, doseDates }) => ({
      participant,
      visit: 'M3',
      date: doseDates[0] ?? null,
      isMissed: doseDates.length === 0,
      enteredOn: addDays(doseDates[0] ?? day('2023-01-01'), participant % 40),
    })),
    events:
      n > 200
        ? null
        : people.slice(0, 5).map(({ participant }, index) => ({
            participant,
            onset: '2023-05-01' as PartialDate,
            isSerious: index === 0,
          })),
  })
  const view = viewFrom(protocol, facts, { masking })
  return {
    ...view,
    inSet: cohort.set.members.length,
    summary: { ...view.summary, population: computePopulation(cohort, protocol, data) },
  }
}

describe('the figures of who was studied and how', () => {
  it.each([1, 9, 151, 10_000])('keep every text inside and apart at %i participants', n => {
    for (const arms of [1, 3, 4])
      for (const figure of listPopulationFigures(makeView(n, arms)))
        for (const panel of figure.panels)
          for (const width of Object.values(PANEL_WIDTHS[panel.size])) {
            const drawing = panel.draw(width)
            expectInside(drawing)
            expectApart(drawing)
          }
  })

  it('are all there, tables in every one', () => {
    const figures = listPopulationFigures(makeView(151, 3))
    expect(figures.map(({ name }) => name)).toEqual([
      'flow',
      'baseline-characteristics',
      'doses',
      'courses',
      'enrolment',
      'received-forms',
      'entry-delay',
    ])
    for (const { table, note, caption } of figures) {
      expect(table.rows.length).toBeGreaterThan(0)
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length)
      expect(note.join(' ') + caption).not.toMatch(/NaN|undefined|null/)
    }
  })

  it('say where small groups are not shown by arm, and in which cells', () => {
    const closed = { participantArms: false, resultsByArm: true, armsNamed: true }
    const baselineOf = (masking: typeof closed) =>
      listPopulationFigures(makeView(24, 2, masking)).find(({ name }) => name === 'baseline-characteristics')
    const textsOf = (masking: typeof closed) =>
      baselineOf(masking)
        ?.table.rows.flat()
        .map(({ text }) => text)
    expect(baselineOf(closed)?.note.join(' ')).toContain('groups of fewer than 5 in an arm are not shown')
    expect(textsOf(closed)).toContain('not shown, small group')
    expect(baselineOf(BY_ARM)?.note.join(' ')).not.toContain('fewer than 5')
    expect(textsOf(BY_ARM)).not.toContain('not shown, small group')
  })

  it('show no number that the result document does not hold', () => {
    const view = makeView(151, 3)
    const known = new Set<number>()
    const collect = (node: unknown): void => {
      if (typeof node === 'number') known.add(node)
      else if (node !== null && typeof node === 'object') Object.values(node).forEach(collect)
    }
    collect(view.summary)
    for (const { name, table } of listPopulationFigures(view))
      for (const value of table.rows.flat().flatMap(({ values }) => values))
        if (typeof value === 'number') expect(known.has(value), `${name}: ${value}`).toBe(true)
  })

  it('link lanes and doses to participants who may be named, and name nobody else', () => {
    const links = (view: CohortView) =>
      listPopulationFigures(view).flatMap(({ panels }) =>
        panels.flatMap(panel => panel.draw(320).marks.filter(mark => mark.kind === 'link')),
      ).length
    expect(links(makeView(9, 1))).toBeGreaterThan(8)
    const pooled = makeView(9, 3, POOLED)
    expect(links(pooled)).toBe(0)
    expect(JSON.stringify(pooled.summary.population)).not.toMatch(/MEL-\d/)
    expect(JSON.stringify(listPopulationFigures(pooled))).not.toMatch(/MEL-\d|PLACEBO|USUAL_CARE/)
  })

  it('have no lane and no mark for each of ten thousand, and a table of counts in their place', () => {
    const figures = listPopulationFigures(makeView(10_000, 3))
    const courses = figures.find(({ name }) => name === 'courses')
    expect(courses?.panels).toEqual([])
    expect(courses?.table.rows).toHaveLength(3)
    for (const { panels } of figures)
      for (const panel of panels) expect(JSON.stringify(panel.draw(1000)).length).toBeLessThan(40_000)
  })

  it('say nothing of a study without anybody', () => {
    expect(listPopulationFigures(makeView(0, 1))).toEqual([])
  })
})
