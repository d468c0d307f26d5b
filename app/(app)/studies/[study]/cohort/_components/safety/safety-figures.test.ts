import { describe, expect, it } from 'vitest'
import { day } from '@/lib/domain/outcomes/__fixtures__/cohort'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { computeSafety } from '@/lib/domain/safety/compute-safety'
import { readSafetyEvent } from '@/lib/domain/safety/safety-event'
import { viewOf } from '../__fixtures__/cohort-view'
import { PANEL_WIDTHS, type ReportFigure } from '../report-figure'
import { listSafetyFigures } from './safety-figures'
import type { SafetyView } from './safety-view'

const event = (participant: number, values: Record<string, string | boolean | string[]>) =>
  readSafetyEvent(
    participant,
    Object.fromEntries(Object.entries(values).map(([code, value]) => [code, { value }])),
  )

const FLARE = { AETERM: 'Pain flare', AECAT: 'painFlare', AESTDAT: '2025-01-05', AETOXGR: '2' }
const GRAVE = {
  ...{ AETERM: 'Discitis', AECAT: 'infection', AESTDAT: '2025-01-20', AETOXGR: '3', AEOUT: 'recovered' },
  ...{ AESER: true, AESERCRIT: ['hospitalisation'], AERELPR: 'probable', AERELPD: 'unrelated' },
}

function listFigures(
  events: ReturnType<typeof event>[],
  changes: Partial<Pick<PreparedCohort, 'namesParticipants' | 'armsMasked'>> = {},
): ReportFigure[] {
  const view = viewOf(Array.from({ length: 9 }, () => [7, 5, 3]))
  const members = Array.from({ length: 9 }, (_, index) => ({
    ...{ participant: index + 1, subject: `MEL-00${index + 1}`, site: 'MEL', arm: 'A' },
    ...{ enrolled: true, enrolledOn: null, allocated: true, allocatedOn: null, imported: false },
    dayZero: day('2025-01-01'),
    doses: [{ treatment: 'DOSE1', date: day('2025-01-01') }],
    rescues: [],
    followUpEnd: null,
  }))
  const cohort = {
    set: { name: 'treated' as const, members },
    arms: [{ code: 'A', label: 'Arm', members: members.map((_, position) => position) }],
    namesParticipants: true,
    armsMasked: false,
    ...changes,
  }
  const data = { events, harvests: [], doses: [], lastVisits: [] }
  const safety = computeSafety(
    cohort,
    { treatments: [{ code: 'DOSE1', name: 'Dose' }] },
    data,
    day('2025-12-31'),
  )
  return listSafetyFigures({ ...view, summary: { ...view.summary, safety } } as SafetyView)
}

const textsOf = (figure: ReportFigure | undefined) =>
  figure?.table.rows.map(row => row.map(cell => cell.text)) ?? []

describe('the safety section', () => {
  it('says the upper bound where nothing happened, and draws nothing', () => {
    const figures = listFigures([])
    expect(figures.map(({ name }) => name)).toEqual(['safety-overview'])
    expect(figures[0]?.note.join(' ')).toContain('No serious event: 0/9, upper bound 33.6%.')
    expect(textsOf(figures[0])[0]).toEqual([
      'Any adverse event',
      '0/9',
      '0%',
      '0.0 to 33.6',
      '0',
      '0.00',
      '0.00 to 0.41',
    ])
  })

  it('tells events by term, grade and relation, the serious one by one, and when they came', () => {
    const figures = listFigures([event(1, FLARE), event(2, GRAVE)])
    const find = (name: string) => figures.find(figure => figure.name === name)
    expect(textsOf(find('safety-grades'))).toContainEqual([
      'Infection',
      'Discitis',
      '0',
      '0',
      '1',
      '0',
      '0',
      '0',
      '0',
      '0',
      '1',
      '0',
      '0',
      '0',
      '1',
      '0',
    ])
    expect(textsOf(find('safety-serious'))).toEqual([
      [
        ...[
          'MEL-002',
          'Discitis',
          '3 severe, not immediately life-threatening',
          'Hospitalisation, or prolonged',
        ],
        ...['Probable', 'Unrelated', 'Yes', '19', '19', 'Recovered'],
      ],
    ])
    expect(textsOf(find('safety-since-dose')).map(row => [row[0], row[3]])).toContainEqual(['8–30 days', '1'])
    for (const figure of figures)
      for (const panel of figure.panels)
        for (const width of Object.values(PANEL_WIDTHS[panel.size]))
          expect(panel.draw(width).marks.length).toBeGreaterThan(0)
  })

  it('lists nobody where participants are not named, and no term where arms are masked', () => {
    const hidden = listFigures([event(2, GRAVE)], { namesParticipants: false, armsMasked: true })
    expect(hidden.map(({ name }) => name)).not.toContain('safety-serious')
    expect(JSON.stringify(hidden)).not.toMatch(/MEL-|Discitis/)
    expect(textsOf(hidden.find(({ name }) => name === 'safety-overview'))[3]?.[1]).toBe('1/9')
  })

  it('says where arms are masked that the time since a dose is not told, and gives no number of it', () => {
    const hidden = listFigures([event(2, GRAVE)], { namesParticipants: false, armsMasked: true })
    const figure = hidden.find(({ name }) => name === 'safety-since-dose')
    expect(figure).toMatchObject({ panels: [], note: [expect.stringContaining('Not told by masked arm')] })
    expect(figure?.table.rows.flat().some(({ values }) => values.some(value => value !== ''))).toBe(false)
    expect(textsOf(figure)[0]?.slice(0, 2)).toEqual(['Any', 'not shown while arms are masked'])
  })

  it('has a name for every number of a table, so that its file can be read', () => {
    for (const { table } of listFigures([event(1, FLARE), event(2, GRAVE)])) {
      const names = table.columns.flatMap(column => column.names)
      expect(new Set(names).size).toBe(names.length)
      for (const row of table.rows) expect(row.length).toBe(table.columns.length)
    }
  })
})
