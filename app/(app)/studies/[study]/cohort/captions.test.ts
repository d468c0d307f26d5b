import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { makeDemoStudy } from '@/lib/cli/demo-study'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { now } from '@/lib/server/clock'
import { readCohortView } from '@/lib/server/cohort-view'
import { operatorContext } from '@/lib/server/context'
import { describeSource } from './_components/cohort-view'
import { listNumberedFigures, type NumberedFigure } from './_components/numbered-figures'

const VIEWS = [
  { reference: ['ASHAR2022', 'FSO794'] },
  { missing: 'locf', inWindow: '1', axis: 'sinceLastDose', strategy: 'composite' },
]

let demo: TestDb
let source: string
let figures: readonly NumberedFigure[]

beforeAll(async () => {
  demo = createTestDb()
  demo.sqlite.exec('UPDATE installations SET demo = 1')
  await makeDemoStudy(demo.db, calendarDateIn('Australia/Melbourne', now()), () => 'blue harbour ladder nine')
  const views = VIEWS.map(given => {
    const view = readCohortView(operatorContext(demo.db), 'ADMSC', given)
    if (!view.ok) throw new Error(JSON.stringify(view.error))
    return view.value
  })
  figures = views.flatMap(listNumberedFigures)
  source = views.map(describeSource)[0] ?? ''
})
afterAll(() => demo.remove())

/** Words of the page, which mean nothing on paper. */
const SCREEN_TALK =
  /dark scheme|\bthe (table|page|figure above|note)\b|in the table|click|hover|chosen above|What a view/i

/** Where a sentence may begin but with a capital: a digit, a sign, statistics that are written small. */
const BEGINNINGS = /^(\p{Lu}|[\d≥≤“~–(]|d_z\b|p values\b)/u

function listSentences(caption: string): string[] {
  return caption.split(/(?<=\.) +/)
}

describe('captions of the demo study are ready for a manuscript', () => {
  it('do not talk of the screen', () => {
    expect(figures.length).toBeGreaterThan(30)
    expect(figures.filter(({ caption }) => SCREEN_TALK.test(caption)).map(({ caption }) => caption)).toEqual(
      [],
    )
  })

  it('leave the set and its n to the source that follows, which says them once', () => {
    expect(source.match(/n = 11 treated/g)).toHaveLength(1)
    expect(
      figures.filter(({ caption }) => caption.includes('n = 11 treated')).map(({ name }) => name),
    ).toEqual([])
  })

  it('are whole sentences, each with a capital at its beginning', () => {
    for (const { caption } of figures) {
      expect(caption).toBe(caption.trim())
      expect(caption).toMatch(/[^.]\.$/)
      expect(listSentences(caption).filter(sentence => !BEGINNINGS.test(sentence))).toEqual([])
    }
  })

  it('write out the abbreviations in them', () => {
    const captions = figures.map(({ caption }) => caption).filter(caption => /\bODI\b/.test(caption))
    expect(captions.length).toBeGreaterThan(5)
    for (const caption of captions) expect(caption).toContain('ODI, Oswestry Disability Index')
  })
})
