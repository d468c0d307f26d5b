import { describe, expect, it } from 'vitest'
import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'
import { contentOfVersion, derivePublication, listChanges } from '@/lib/domain/protocol/versions'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

const date = (text: string): CalendarDate => {
  const parsed = parseCalendarDate(text)
  if (!parsed) throw new Error(`not a date: ${text}`)
  return parsed
}

const visit = (code: string, months: number, sinceVersion?: string): VisitPlan => ({
  code,
  name: code,
  target: { value: months, unit: 'months' },
  window: { beforeDays: 7, afterDays: 7 },
  instruments: ['nprs'],
  forms: [],
  ...(sinceVersion === undefined ? {} : { sinceVersion }),
})

const rule = (code: string, visits?: readonly string[]) => ({
  code,
  label: code,
  condition: {
    all: [{ parameter: 'NPRS_AVG', improvement: { atLeast: 30, unit: 'percent' as const }, visits }],
  },
  noIntervention: false,
  isResponder: true,
})

const first = { number: '1.0', effectiveFrom: date('2017-05-02'), summary: 'First' }
const second = { number: '1.1', effectiveFrom: date('2018-03-01'), summary: 'Second' }
const third = { number: '1.2', effectiveFrom: date('2019-03-01'), summary: 'Third' }

const amended: Protocol = {
  format: 1,
  study: { code: 'ADMSC', title: 'Disc study', timeZone: 'Australia/Melbourne' },
  versions: [first, second],
  masking: 'open',
  arms: [{ code: 'A', name: 'A', ratio: 1 }],
  treatments: [{ code: 'DOSE1', name: 'First' }],
  dayZero: 'firstTreatment',
  visits: [visit('BL', 0), visit('M12', 12), visit('M24', 24, '1.1')],
  settings: { odi: { maxMissingSections: 1 } },
  baseline: { visits: ['BL'], rule: 'single' },
  responders: [rule('PAIN30'), rule('LASTING', ['M12', 'M24'])],
  missingData: { means: 'observed', responders: 'nonResponderImputation' },
  eligibility: { inclusion: [], exclusion: [] },
  consents: [],
  forms: [],
  illustrative: [],
}

const original: Protocol = {
  ...amended,
  versions: [first],
  visits: amended.visits.slice(0, 2),
  responders: amended.responders.slice(0, 1),
}

const paths = (result: ReturnType<typeof derivePublication>) =>
  result.ok ? result.value.map(content => content.versions.at(-1)?.number) : result.error.map(e => e.path)

describe('contentOfVersion', () => {
  it('leaves out visits added since, and rules that name them', () => {
    expect(contentOfVersion(amended, '1.0')).toEqual(original)
  })

  it('is the whole file at its last entry, and nothing at a number it does not list', () => {
    expect(contentOfVersion(amended, '1.1')).toEqual(amended)
    expect(contentOfVersion(amended, '2.0')).toBeNull()
  })
})

describe('derivePublication', () => {
  it('publishes every entry in turn on a new study', () => {
    expect(derivePublication([], amended)).toEqual({ ok: true, value: [original, amended] })
  })

  it('publishes only the last entry on a study that has the earlier ones', () => {
    expect(derivePublication([original], amended)).toEqual({ ok: true, value: [amended] })
  })

  it('changes nothing when the same file comes twice, in whatever order its keys stand', () => {
    const reordered = Object.fromEntries(Object.entries(amended).toReversed()) as unknown as Protocol
    expect(derivePublication([original, amended], reordered)).toEqual({ ok: true, value: [] })
    const stored = JSON.parse(JSON.stringify(amended)) as Protocol
    expect(derivePublication([original, stored], amended)).toEqual({ ok: true, value: [] })
  })

  it('refuses changed content under an unchanged last number, and names each place', () => {
    const changed = {
      ...amended,
      masking: 'full' as const,
      visits: [
        ...amended.visits.slice(0, 2),
        { ...visit('M24', 24, '1.1'), window: { beforeDays: 8, afterDays: 7 } },
      ],
      responders: [rule('PAIN30'), rule('LASTING', ['M12'])],
    }
    const result = derivePublication([original, amended], changed)
    expect(paths(result)).toEqual([
      'masking',
      'visits[2].window.beforeDays',
      'responders[1].all[0].visits[1]',
    ])
    expect(result.ok ? null : result.error[0]).toEqual({
      path: 'masking',
      value: 'full',
      text: 'Version 1.1 is published with open here and cannot change. Add an entry to versions.',
    })
  })

  it('refuses earlier entries that differ from what is stored', () => {
    const redated = { ...amended, versions: [{ ...first, effectiveFrom: date('2017-05-03') }, second, third] }
    expect(paths(derivePublication([original, amended], redated))).toEqual(['versions[0].effectiveFrom'])
    const renumbered = { ...amended, versions: [first, { ...second, number: '1.05' }, third] }
    expect(paths(derivePublication([original, amended], renumbered))).toEqual(['versions[1].number'])
    const unpublished = { ...amended, versions: [first, second, third] }
    expect(paths(derivePublication([original], unpublished))).toEqual(['versions[1].number'])
  })

  it('refuses a file older than the study', () => {
    expect(derivePublication([original, amended], original)).toEqual({
      ok: false,
      error: [
        {
          path: 'versions[1].number',
          value: '',
          text: 'Version 1.1 is published and must stand here. Put it back; add new entries after it.',
        },
      ],
    })
  })
})

describe('listChanges', () => {
  it('counts a key without a value as absent', () => {
    expect(listChanges({ a: 1, b: undefined }, { a: 1 }, '')).toEqual([])
    expect(listChanges({ a: 1 }, { a: [1] }, '')).toEqual([{ path: 'a', before: 1, after: [1] }])
  })
})
