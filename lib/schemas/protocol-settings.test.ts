import { describe, expect, it } from 'vitest'
import admsc from '@/db/demo/admsc.json' with { type: 'json' }
import { parseProtocol } from '@/lib/schemas/protocol'

const parse = (settings: object) => parseProtocol({ ...admsc, settings })

const GOOD = {
  nprs: { items: ['average', 'worst'], recallHours: 168, decimals: true },
  odi: { maxMissingSections: 2, roundTo: 1, allowTotalOnly: true },
  vas: { decimals: true },
  pgic: { best: 7 },
  eq5d3l: { valueSet: 'UK-Dolan-1997' },
  eq5d5l: { valueSet: 'Australia-2023' },
  mri: { scale: 'modifiedPfirrmann' },
  analgesics: { morphineFactors: 'CDC-2022', levels: { tapentadol: 2 } },
  dass21: {},
}

describe('settings of instruments', () => {
  it('are accepted and kept', () => {
    const parsed = parse(GOOD)
    expect(parsed.ok && parsed.value.settings).toEqual(GOOD)
  })

  it.each([
    [
      'settings.eq5d3l.valueSet',
      { eq5d3l: { valueSet: 'Australia-2023' } },
      'Australia-2023 Not allowed. Use UK',
    ],
    ['settings.eq5d5l.valueSet', { eq5d5l: { valueSet: 'UK-Dolan-1997' } }, 'England-Devlin-2018'],
    ['settings.eq5d5l.valueSet', { eq5d5l: { valueSet: 'Australia-2033' } }, 'Did you mean "Australia-2023"'],
    ['settings.analgesics.morphineFactors', { analgesics: { morphineFactors: 'CDC-2016' } }, 'CDC-2022'],
    ['settings.analgesics.levels.tramadol', { analgesics: { levels: { tramadol: 4 } } }, '4'],
    ['settings.mri.scale', { mri: { scale: 'modic' } }, 'modifiedPfirrmann'],
    ['settings.odi.roundTo', { odi: { roundTo: 3 } }, '3'],
    ['settings.pgic.best', { pgic: { best: 5 } }, '5'],
    ['settings.dass21.doubled', { dass21: { doubled: true } }, 'Unknown key'],
    ['settings.promisPi4a.table', { promisPi4a: { table: 'own' } }, 'Unknown key'],
    ['settings.mri.scal', { mri: { scal: 'pfirrmann' } }, 'Did you mean "scale"'],
  ])('are refused at %s with path and value: %j', (path, settings, text) => {
    const parsed = parse(settings)
    const errors = parsed.ok ? [] : parsed.error
    expect(errors.map(error => error.path)).toEqual([path])
    expect(errors.map(error => `${error.value} ${error.text}`).join()).toContain(text)
  })
})
