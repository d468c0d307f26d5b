import { describe, expect, it } from 'vitest'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { makeProtocol } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'

describe('deriveReportedParameters', () => {
  const base = makeProtocol().visits[0]
  const visits = [
    ['BL', ['odi', 'NOT_KNOWN']],
    ['M1', ['nprs', 'adverseEvents']],
    ['M3', ['nprs', 'odi']],
  ].flatMap(([code, instruments]) =>
    base ? [{ ...base, code: String(code), instruments: Array.isArray(instruments) ? instruments : [] }] : [],
  )

  it('lists entered parameters in order of first appearance, with the visits that ask for them', () => {
    const reported = deriveReportedParameters(makeProtocol({ visits }), findInstrument)
    expect(reported.map(({ parameter, visits: at }) => [parameter.code, at])).toEqual([
      ['ODI', ['BL', 'M3']],
      ['NPRS_AVG', ['M1', 'M3']],
      ['NPRS_WORST', ['M1', 'M3']],
    ])
  })

  it('expects a comparison with baseline after baseline only', () => {
    const imaged = visits.map(visit => ({ ...visit, instruments: ['mri'] }))
    const reported = deriveReportedParameters(makeProtocol({ visits: imaged }), findInstrument)
    const visitsOf = (code: string) => reported.find(({ parameter }) => parameter.code === code)?.visits
    expect(visitsOf('PFIRRMANN')).toEqual(['BL', 'M1', 'M3'])
    expect(visitsOf('MRI_DEGENERATION')).toEqual(['M1', 'M3'])
  })
})
