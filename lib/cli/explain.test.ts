import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '@/db/client'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { ExplainedNumber } from '@/lib/schemas/explain'
import { now } from '@/lib/server/clock'
import { setUpDatabase } from '@/lib/server/database'
import { environmentWith } from '@/lib/server/env'
import { makeDemoStudy } from './demo-study'

const folder = mkdtempSync(join(tmpdir(), 'longitude-explain-'))
const file = join(folder, 'demo.db')

beforeAll(async () => {
  const demo = openDatabase(file)
  setUpDatabase(demo, { demo: true })
  const today = calendarDateIn('Australia/Melbourne', now())
  await makeDemoStudy(demo.db, today, () => 'blue harbour ladder nine')
  demo.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function explain(...args: readonly string[]) {
  const root = join(import.meta.dirname, '../..')
  return spawnSync(process.execPath, ['--import', 'tsx', join(root, 'lib/cli/main.ts'), 'explain', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: environmentWith({ DATABASE_FILE: file }),
  })
}
const ofStudy = ['--study', 'ADMSC', '--visit', 'M12']
const read = (...args: readonly string[]) => JSON.parse(explain(...args, '--json').stdout) as ExplainedNumber

/** Published margins: seven of nine with any reduction at 12 months, five with at least 50 % (FSO794). */
const MARGINS = [
  ['PAIN_ANY', 7],
  ['PAIN50', 5],
] as const

describe('longitude explain', { timeout: 60_000 }, () => {
  it.each(MARGINS)('lists who makes up the published margin of %s', (code, k) => {
    const { explanation, participants } = read(code, ...ofStudy)
    const outcomes = participants?.flatMap(each => each.outcomes) ?? []
    const rates = outcomes.flatMap(each => each.rates)
    for (const method of ['nonResponderImputation', 'observedCases']) {
      const own = rates.filter(rate => rate.method === method)
      expect([own.filter(({ inK }) => inK).length, own.filter(({ inN }) => inN).length]).toEqual([k, 9])
    }
    expect(explanation.arms[0]?.ruleGroups[0]?.groups.slice(0, 2)).toEqual([
      { place: 'in', reason: 'met', n: k },
      { place: 'notMet', reason: 'notMet', n: 9 - k },
    ])
  })

  it('gives the values by which clinical statistics of the cohort are checked', () => {
    const { participants, explanation } = read('NPRS_AVG', ...ofStudy)
    const counted = participants?.filter(({ countedIn }) => countedIn.change) ?? []
    // Baselines and values at 12 months of the check values: mean change −2.333.
    expect(counted.map(({ baseline }) => baseline.value).toSorted()).toEqual([4, 5, 6, 6, 6, 7, 7, 7, 8])
    expect(counted.map(({ value }) => value.value).toSorted()).toEqual([1, 2, 2, 3, 4, 5, 5, 6, 7])
    expect(explanation.arms[0]?.numbers.change?.mean).toBeCloseTo(-21 / 9, 12)
  })

  it('is read in a terminal', () => {
    const { stdout, status } = explain('PAIN50', ...ofStudy)
    expect(status).toBe(0)
    expect(stdout).toMatch(/5\/9, 56% \(95% CI 26\.7 to 81\.1 Wilson, 21\.2 to 86\.3 Clopper–Pearson\)/)
    expect(stdout).toMatch(/9 expected = 5 met \+ 4 not met/)
    const women = explain('PAIN50', ...ofStudy, '--subgroup', 'sex:female').stdout
    expect(women).toMatch(/Subgroup sex: female; \d+ of the set are left out\./i)
    expect(stdout).toMatch(/MEL-001: Met\n {2}baseline 6 from BL, .* counts\n {2}M12: 3/)
  })

  it('tells what moved the number between two entries', () => {
    const last = read('PAIN50', ...ofStudy).asOf
    const { between, explanation } = read('PAIN50', ...ofStudy, '--between', '100', String(last))
    expect(between).toMatchObject({ from: { seq: 100 }, to: { seq: last } })
    expect(explanation.arms[0]?.numbers.responders[0]).toMatchObject({ k: 5, n: 9 })
    const written = between?.changed?.flatMap(({ entries }) => entries ?? []) ?? []
    expect(written.length).toBeGreaterThan(0)
    expect(written.every(({ seq }) => seq > 100 && seq <= last)).toBe(true)
    expect(explain('PAIN50', ...ofStudy, '--between', '100', String(last)).stdout).toMatch(
      /participants differ[\s\S]*Before {2}[\s\S]*Now {5}[\s\S]*entry \d+, .*Demo Coordinator/,
    )
  })

  it('ends with 1 where it is refused and with 2 at wrong usage', () => {
    expect(explain('NOPE', ...ofStudy)).toMatchObject({
      ...{ status: 1, stdout: '' },
      stderr: expect.stringMatching(/“NOPE” is no score or rule of this result/),
    })
    expect(explain('PAIN50', '--study', 'ADMSC', '--visit', 'BL').status).toBe(1)
    expect(explain('PAIN50', '--study', 'NONE', '--visit', 'M12').status).toBe(1)
    expect(explain('PAIN50', ...ofStudy, '--between', '100').status).toBe(2)
    expect(explain('PAIN50', ...ofStudy, '--between', '9', '3').status).toBe(2)
    expect(explain('PAIN50', ...ofStudy, '--missing', 'guess').status).toBe(2)
    expect(explain('PAIN50', '--study', 'ADMSC').status).toBe(2)
    const both = ['--between', '9', '30', '--as-of', '30']
    expect(explain('PAIN50', ...ofStudy, ...both)).toMatchObject({
      ...{ status: 2, stdout: '', stderr: expect.stringMatching(/^--as-of: /) },
    })
    expect(explain('PAIN50', ...ofStudy, '--axis', 'sinceLastDose')).toMatchObject({
      ...{ status: 2, stderr: expect.stringMatching(/^--axis "sinceLastDose": .*summary --json/) },
    })
  })

  it('names the option it cannot read, with 2, and the one it refuses, with 1', () => {
    const refusal = (...options: string[]) => {
      const { status, stderr } = explain('PAIN50', ...ofStudy, ...options)
      return `${status} ${stderr}`
    }
    expect(refusal('--data-cut', 'soon')).toMatch(/^2 --data-cut "soon": .*2026-04-16 or 16 Apr 2026/)
    expect(refusal('--as-of', 'soon')).toMatch(/^2 --as-of "soon": /)
    expect(refusal('--data-cut', '1 Jan 2090')).toMatch(/^1 --data-cut "1 Jan 2090": /)
    expect(refusal('--as-of', '99999999')).toMatch(/^1 --as-of "99999999": /)
    expect(refusal('--subgroup', 'sex:nobody')).toMatch(/^1 --subgroup "sex:nobody": .*sex:female/)
    expect(explain('PAIN50', '--study', 'ADMSC', '--visit', 'NOPE').stderr).toMatch(/^--visit "NOPE": /)
  })

  it('says in its help which factors there are and where codes are listed', () => {
    const { stdout, status } = explain('--help')
    expect(status).toBe(0)
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /factors: site, sex, .*summary --study <code> --json lists them/,
    )
  })
})
