import { describe, expect, it } from 'vitest'
import admsc from '@/db/demo/admsc.json' with { type: 'json' }
import { deriveExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import { itemsLongTable } from '@/lib/domain/exports/items-long'
import { scoresLongTable } from '@/lib/domain/exports/scores-long'
import { scoresWideTable } from '@/lib/domain/exports/scores-wide'
import { listRulesInForce } from '@/lib/domain/instruments/settings-in-force'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { parseProtocol } from '@/lib/schemas/protocol'

const parsed = parseProtocol(admsc)
if (!parsed.ok) throw new Error(parsed.error[0]?.text)
const protocol = parsed.value
const scope = deriveExportScope({
  protocol,
  synthetic: true,
  dataCut: '2026-01-01' as CalendarDate,
  view: { participantArms: true, resultsByArm: true, armsNamed: true },
})

const score = (visit: string, date: string, value: number) => ({
  participant: 1,
  visit,
  parameter: 'TOL_WALK',
  value,
  missingReason: null,
  date: date as CalendarDate,
  beforeTreatment: false,
  location: null,
  laterality: null,
  repeat: 1,
  visitDate: date as CalendarDate,
  mode: 'clinic',
  source: 'paper',
})

function walk(baseline: number, year: number): ExportSubject {
  return {
    participant: { subject: 'MEL-001', site: 'MEL', dayZero: '2024-01-10', doses: [] },
    arm: 'ADMSC',
    schedule: new Map(),
    visits: new Map(),
    visitOrder: scope.visitOrder,
    scores: [score('BL', '2024-01-01', baseline), score('M12', '2025-01-01', year)],
    forms: [],
  } as unknown as ExportSubject
}

const columns = scoresLongTable(scope).columns.map(({ variable }) => variable)
const rowsOf = (subject: ExportSubject) =>
  scoresLongTable(scope)
    .rows(subject)
    .map(cells => Object.fromEntries(columns.map((name, index) => [name, cells[index]])))

describe('an unlimited duration in exports', () => {
  it('is no number that could be averaged: the value is empty and its column says unlimited', () => {
    const [baseline, year] = rowsOf(walk(60, UNLIMITED_RANK))
    expect(baseline).toMatchObject({ value: 60, missing_reason: null, baseline: 60 })
    expect(year).toMatchObject({ value: null, missing_reason: 'unlimited', baseline: 60, change: null })
    const wide = scoresWideTable(scope)
    const at = wide.columns.findIndex(({ variable }) => variable === 'TOL_WALK_M12')
    expect(wide.rows(walk(60, UNLIMITED_RANK))[0]?.[at]).toBeNull()
    expect(wide.rows(walk(60, 90))[0]?.[at]).toBe(90)
  })

  it('gives no baseline in minutes and no change from it, where minutes to minutes do', () => {
    expect(rowsOf(walk(UNLIMITED_RANK, 90))[1]).toMatchObject({ value: 90, baseline: null, change: null })
    expect(rowsOf(walk(60, 90))[1]).toMatchObject({ value: 90, baseline: 60, change: 30 })
  })

  it('is explained in the codebook, at the score and at the item', () => {
    const reason = scoresLongTable(scope).columns.find(({ variable }) => variable === 'missing_reason')
    expect(reason?.codes).toContain('unlimited=not missing')
    const item = itemsLongTable(scope).values?.find(({ variable }) => variable === 'item=TOL_WALK')
    expect(item?.codes).toBe('unlimited=no limit')
  })
})

describe('the rules that travel with every export', () => {
  const lineOf = (variable: string) =>
    scoresLongTable(scope).values?.find(value => value.variable === variable)

  it('name the version of the scoring rule and the value set, with their source', () => {
    const index = lineOf('parameter=EQ5D3L_INDEX')
    expect(index?.derivation).toContain('Scoring rule eq5d-1 (EQ-5D-3L); eq5d3l.valueSet UK-Dolan-1997')
    expect(index?.source).toContain('Dolan P, Medical Care 1997')
    expect(lineOf('parameter=ODI')?.derivation).toContain('odi.maxMissingSections 1')
    expect(lineOf('parameter=ANALGESIC_LEVEL')?.derivation).toContain('analgesics.morphineFactors CDC-2022')
  })

  it('name each instrument once, defaults included and marked', () => {
    const rules = listRulesInForce(protocol)
    expect(rules.map(({ instrument }) => instrument)).toContain('mri')
    expect(new Set(rules.map(({ instrument }) => instrument)).size).toBe(rules.length)
    const mri = rules.find(({ instrument }) => instrument === 'mri')
    expect(mri?.settings).toEqual([expect.objectContaining({ key: 'mri.scale', isDefault: true })])
    for (const { settings } of rules) {
      for (const { key, value } of settings) expect([key, value]).not.toContain('')
    }
  })
})
