import { describe, expect, it } from 'vitest'
import {
  findInstrument,
  findItemOwner,
  findParameter,
  INSTRUMENTS,
  listProtocolInstruments,
  listProtocolParameters,
} from '@/lib/domain/instruments/registry'
import type { Settings } from '@/lib/domain/protocol/protocol'

const visits = (...lists: string[][]) =>
  lists.map((instruments, index) => ({
    code: `V${index}`,
    name: `Visit ${index}`,
    target: { value: index, unit: 'months' as const },
    window: { beforeDays: 7, afterDays: 7 },
    instruments,
    forms: [],
  }))

const ALL_NPRS = {
  nprs: { items: ['average', 'worst', 'least', 'now'] as const },
  eq5d3l: { valueSet: 'UK-Dolan-1997' },
  eq5d5l: { valueSet: 'Australia-2023' },
}

describe('registry of instruments', () => {
  it('yields the fixed parameter names', () => {
    const names = Object.fromEntries(
      INSTRUMENTS.map(instrument => [
        instrument.code,
        instrument
          .parameters(ALL_NPRS)
          .map(parameter => parameter.code)
          .join(' '),
      ]),
    )
    expect(names).toEqual({
      nprs: 'NPRS_AVG NPRS_WORST NPRS_LEAST NPRS_NOW',
      odi: 'ODI',
      vas: 'VAS',
      pgic: 'PGIC',
      satisfaction: 'SATISFACTION',
      work: 'WORK_CAPACITY WORK_HOURS',
      analgesics: 'ANALGESIC_LEVEL',
      eq5d3l: 'EQ5D3L_PROFILE EQ5D3L_INDEX EQ5D3L_MO EQ5D3L_SC EQ5D3L_UA EQ5D3L_PD EQ5D3L_AD EQ5D3L_VAS',
      eq5d5l: 'EQ5D5L_PROFILE EQ5D5L_INDEX EQ5D5L_MO EQ5D5L_SC EQ5D5L_UA EQ5D5L_PD EQ5D5L_AD EQ5D5L_VAS',
      tolerance: 'TOL_SIT TOL_STAND TOL_WALK',
      mri: 'PFIRRMANN MODIC DISC_HEIGHT MRI_DEGENERATION MRI_FISSURE MRI_PROTRUSION MRI_T2',
      rmdq: 'RMDQ',
      dass21: 'DASS_D DASS_A DASS_S',
      hads: 'HADS_A HADS_D',
      wpai: 'WPAI_ABSENT WPAI_PRESENT WPAI_OVERALL WPAI_ACTIVITY',
      promisPi4a: 'PROMIS_PI_T',
      adverseEvents: '',
    })
  })

  it('has every column name once', () => {
    const columns = INSTRUMENTS.flatMap(instrument => [
      ...new Set([
        ...instrument.parameters(ALL_NPRS).map(parameter => parameter.code),
        ...instrument.reservedCodes,
        ...instrument.items(ALL_NPRS).map(item => item.code),
      ]),
    ])
    expect(columns).toHaveLength(new Set(columns).size)
    for (const name of columns) expect(name).toMatch(/^[A-Z][A-Z0-9_]{1,31}$/)
  })

  it('has an entry form, a rule in words and a version of it for every instrument', () => {
    for (const instrument of INSTRUMENTS) {
      expect(instrument).toMatchObject({ ruleVersion: expect.stringMatching(/-\d+$/) })
      expect(instrument.items({}).length).toBeGreaterThan(0)
      expect(instrument.scoring({})).toMatch(/\.$/)
      expect(instrument.missingRule({})).toMatch(/\.$/)
    }
  })

  it('yields an EQ-5D index only under a value set of its own version', () => {
    const codes = (settings: Settings) =>
      findInstrument('eq5d5l')
        ?.parameters(settings)
        .map(({ code }) => code)
    expect(codes({})).not.toContain('EQ5D5L_INDEX')
    expect(codes({ eq5d5l: { valueSet: 'UK-Dolan-1997' } })).not.toContain('EQ5D5L_INDEX')
    expect(codes({ eq5d5l: { valueSet: 'Australia-2023' } })).toContain('EQ5D5L_INDEX')
    expect(
      findParameter('EQ5D5L_INDEX', { eq5d5l: { valueSet: 'Australia-2023' } })?.parameter,
    ).toMatchObject({
      min: -0.301,
      max: 1,
    })
  })

  it('finds an instrument and a parameter under the study’s settings', () => {
    expect(findInstrument('odi')?.version).toBe('2.1a')
    expect(findInstrument('xyz')).toBeUndefined()
    expect(findParameter('NPRS_WORST', {})?.instrument.code).toBe('nprs')
    expect(findParameter('NPRS_WORST', { nprs: { items: ['average'] } })).toBeUndefined()
  })

  it('tells what a column of a file stands for', () => {
    expect(findItemOwner('ODI_03', {})).toMatchObject({ item: { label: 'Lifting' }, parameter: null })
    expect(findItemOwner('ODI', {})).toMatchObject({ item: null, parameter: { code: 'ODI' } })
    expect(findItemOwner('ODI', { odi: { allowTotalOnly: true } })).toMatchObject({
      item: { max: 100 },
      parameter: { code: 'ODI' },
    })
    expect(findItemOwner('NPRS_AVG', {})).toMatchObject({
      item: { code: 'NPRS_AVG' },
      parameter: { code: 'NPRS_AVG' },
    })
    expect(findItemOwner('RMDQ_24', {})).toMatchObject({
      instrument: { code: 'rmdq' },
      item: { label: 'Statement 24' },
      parameter: null,
    })
    expect(findItemOwner('WPAI_Q1', {})?.instrument.code).toBe('wpai')
    expect(findItemOwner('MME_DAY', {})?.instrument.code).toBe('analgesics')
    expect(findItemOwner('MRI', {})).toBeUndefined()
  })

  it('lists a protocol’s parameters in order of first appearance, each once', () => {
    const protocol = {
      visits: visits(['nprs', 'odi', 'eq5d3l', 'work'], ['odi', 'pgic', 'nprs', 'satisfaction']),
      settings: { nprs: { items: ['worst', 'average'] as const }, eq5d3l: { valueSet: 'UK-Dolan-1997' } },
    }
    expect(listProtocolInstruments(protocol).map(instrument => instrument.code)).toEqual([
      'nprs',
      'odi',
      'eq5d3l',
      'work',
      'pgic',
      'satisfaction',
    ])
    expect(listProtocolParameters(protocol).map(parameter => parameter.code)).toEqual([
      'NPRS_WORST',
      'NPRS_AVG',
      'ODI',
      'EQ5D3L_PROFILE',
      'EQ5D3L_INDEX',
      'EQ5D3L_MO',
      'EQ5D3L_SC',
      'EQ5D3L_UA',
      'EQ5D3L_PD',
      'EQ5D3L_AD',
      'EQ5D3L_VAS',
      'WORK_CAPACITY',
      'WORK_HOURS',
      'PGIC',
      'SATISFACTION',
    ])
    expect(() => listProtocolInstruments({ visits: visits(['xyz']) })).toThrow('xyz')
  })

  it('gives the minimal important changes of Ostelo 2008', () => {
    const change = (code: string) => findParameter(code, {})?.parameter.minimalImportantChange
    expect(change('NPRS_AVG')).toMatchObject({ points: 2, percent: 30 })
    expect(change('ODI')).toMatchObject({ points: 10, percent: 30 })
    expect(change('VAS')).toMatchObject({ points: 15, percent: 30 })
    expect(change('RMDQ')).toMatchObject({ points: 5, percent: 30 })
  })

  it('computes percent improvement only for NPRS, ODI, VAS and RMDQ', () => {
    const codes = INSTRUMENTS.flatMap(instrument => instrument.parameters({}))
      .filter(parameter => parameter.zeroMeansNone)
      .map(parameter => parameter.code)
    expect(codes).toEqual(['NPRS_AVG', 'NPRS_WORST', 'ODI', 'VAS', 'RMDQ'])
  })

  it('names whole scales whose parameters lie within the items’ ranges', () => {
    for (const instrument of INSTRUMENTS) {
      for (const parameter of instrument.parameters(ALL_NPRS)) {
        const item = instrument.items(ALL_NPRS).find(candidate => candidate.code === parameter.code)
        if (item) expect([item.min, item.max]).toEqual([parameter.min, parameter.max])
      }
    }
  })
})
