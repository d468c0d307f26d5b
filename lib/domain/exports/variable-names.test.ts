import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveVariableNames } from '@/lib/domain/exports/variable-names'

describe('names of variables', () => {
  it('keeps parameter and visit as they are where all four programs take them', () => {
    expect(deriveVariableNames(['NPRS_AVG_BL', 'ODI_M12'])).toEqual(['NPRS_AVG_BL', 'ODI_M12'])
  })

  it('replaces what no program takes, begins with a letter and does not end with an underscore', () => {
    expect(deriveVariableNames(['ODI_3-M', '3M', 'A B_', 'Größe_1', ''])).toEqual([
      'ODI_3_M',
      'V_3M',
      'A_B',
      'Gr__e_1',
      'V',
    ])
  })

  it('tells apart what replacement, case or length would make alike, the same way each time', () => {
    const texts = ['ODI_3-M', 'ODI_3.M', 'odi_3_m', `${'X'.repeat(40)}_M1`, `${'X'.repeat(40)}_M2`]
    const names = deriveVariableNames(texts)
    expect(names.slice(0, 3)).toEqual(['ODI_3_M', 'ODI_3_M_2', 'odi_3_m_3'])
    expect(new Set(names.map(name => name.toLowerCase())).size).toBe(texts.length)
    expect(deriveVariableNames(texts)).toEqual(names)
  })

  it('avoids reserved words and names that are taken', () => {
    expect(deriveVariableNames(['by', 'TRUE', 'site'], ['site'])).toEqual(['by_V', 'TRUE_V', 'site_2'])
  })

  it('gives names that R, SAS, SPSS and Stata take, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 60 }), texts => {
        const names = deriveVariableNames(texts)
        for (const name of names) expect(name).toMatch(/^[A-Za-z]([A-Za-z0-9_]{0,30}[A-Za-z0-9])?$/)
        expect(new Set(names.map(name => name.toLowerCase())).size).toBe(texts.length)
      }),
    )
  })
})
