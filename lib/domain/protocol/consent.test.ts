import { describe, expect, it } from 'vitest'
import { checkConsents } from '@/lib/domain/protocol/check-consents'
import { deriveConsentStanding, deriveVersionsInForce } from '@/lib/domain/protocol/consent'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { deriveSchedule } from '@/lib/domain/protocol/schedule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate

const visit = (code: string, months: number) => ({
  code,
  name: code,
  target: { value: months, unit: 'months' as const },
  window: { beforeDays: 7, afterDays: 7 },
  instruments: ['nprs'],
  forms: [],
})

const PROTOCOL: Pick<Protocol, 'versions' | 'consents' | 'visits'> = {
  versions: [
    { number: '1.0', effectiveFrom: day('2024-01-01'), summary: 'First' },
    { number: '1.1', effectiveFrom: day('2024-06-01'), summary: 'Month 24', onConsent: '2.0' },
  ],
  consents: [
    { version: '1.0', approvedOn: day('2024-01-10') },
    { version: '1.1', approvedOn: day('2024-03-01') },
    { version: '2.0', approvedOn: day('2024-05-20'), requiresReconsent: true },
    { version: '2.1', approvedOn: day('2024-09-01') },
  ],
  visits: [visit('M6', 6), { ...visit('M12', 12), sinceVersion: '1.1' }],
}

const given = (...consents: readonly (readonly [string, string])[]) =>
  consents.map(([version, date]) => ({ version, date: day(date) }))
const standing = (
  consents: ReturnType<typeof given>,
  today: string,
  more: Partial<Parameters<typeof deriveConsentStanding>[1]> = {},
) => deriveConsentStanding(PROTOCOL, { consents, approvals: [], isInFollowUp: true, ...more }, day(today))

describe('a re-consent', () => {
  const first = given(['1.0', '2024-02-01'])

  it('is due from the day on which the version that rests on it takes effect', () => {
    expect(standing(first, '2024-05-31').due).toBeNull()
    expect(standing(first, '2024-06-01').due).toEqual({ version: '2.0', since: '2024-06-01' })
  })

  it('is due from the approval at the site, where that came later', () => {
    const approvals = [{ version: '1.1', approvedOn: day('2024-08-15') }]
    expect(standing(first, '2024-08-14', { approvals }).due).toBeNull()
    expect(standing(first, '2024-08-15', { approvals }).due).toEqual({
      version: '2.0',
      since: '2024-08-15',
    })
  })

  it('is due until it, or a later version, was given', () => {
    for (const version of ['2.0', '2.1']) {
      const after = [...first, ...given([version, '2024-10-01'])]
      expect(standing(after, '2024-12-01')).toEqual({
        inForce: { version, date: '2024-10-01' },
        due: null,
      })
    }
    expect(standing([...first, ...given(['1.1', '2024-10-01'])], '2024-12-01').due?.version).toBe('2.0')
  })

  it('is due to nobody who left, and to nobody whose consent is not in the source', () => {
    expect(standing(first, '2024-12-01', { isInFollowUp: false }).due).toBeNull()
    expect(standing([], '2024-12-01')).toEqual({ inForce: null, due: null })
  })
})

describe('a visit that a version adds', () => {
  const visits = (
    consents: ReturnType<typeof given>,
    end: string | null = null,
    approvals: readonly { version: string; approvedOn: CalendarDate }[] = [],
    protocol = PROTOCOL,
  ) =>
    deriveSchedule(protocol, {
      dayZero: day('2024-02-10'),
      plannedDayZero: null,
      followUpEnd: end === null ? null : { date: day(end) },
      versionsInForce: deriveVersionsInForce(protocol, { consents, approvals }),
    }).map(({ visit }) => visit.code)

  it('exists for who consented to what it rests on while in follow-up', () => {
    const consents = given(['1.0', '2024-02-01'])
    expect(visits(consents)).not.toContain('M12')
    const again = [...consents, ...given(['2.0', '2024-07-01'])]
    expect(visits(again)).toContain('M12')
    expect(visits(again, '2024-06-30')).not.toContain('M12')
    expect(visits(again, '2024-07-01')).toContain('M12')
  })

  it('exists for who was still in follow-up when the site approved it, where no re-consent is asked', () => {
    const [first, second] = PROTOCOL.versions
    if (!first || !second) throw new Error('two versions')
    const { onConsent: _, ...plain } = second
    const protocol = { ...PROTOCOL, versions: [first, plain] }
    const consents = given(['1.0', '2024-02-01'])
    const approvals = [{ version: '1.1', approvedOn: day('2024-08-15') }]
    expect(visits(consents, '2024-07-01', [], protocol)).toContain('M12')
    expect(visits(consents, '2024-07-01', approvals, protocol)).not.toContain('M12')
    expect(visits(consents, '2024-08-15', approvals, protocol)).toContain('M12')
    expect(visits(consents, null, approvals, protocol)).toContain('M12')
  })

  it('stays where something was entered of it', () => {
    const placed = deriveSchedule(PROTOCOL, {
      dayZero: day('2024-02-10'),
      plannedDayZero: null,
      versionsInForce: { '1.1': null },
      enteredVisits: ['M12'],
    })
    expect(placed.map(({ visit }) => visit.code)).toContain('M12')
  })
})

describe('a protocol is refused', () => {
  it('where a version rests on a consent that is not listed, or the first one waits for a re-consent', () => {
    const [first, second] = PROTOCOL.versions
    if (!first || !second) throw new Error('two versions')
    const versions = [
      { ...first, onConsent: '1.0' },
      { ...second, onConsent: '3.0' },
    ]
    const consents = [{ version: '1.0', approvedOn: day('2024-01-10'), requiresReconsent: true }]
    expect(checkConsents({ versions, consents }).map(({ path }) => path)).toEqual([
      'versions[0].onConsent',
      'versions[1].onConsent',
      'consents[0].requiresReconsent',
    ])
    expect(checkConsents(PROTOCOL)).toEqual([])
  })
})
