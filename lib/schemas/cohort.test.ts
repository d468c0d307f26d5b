import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import {
  type CohortControls,
  formatCohortControls,
  MISSING_DATA_METHODS,
  readCohortControls,
  STRATEGIES,
  TIME_AXES,
} from './cohort'
import { checkCohortControls } from './offered-controls'

const PLAIN: CohortControls = {
  parameters: [],
  visits: [],
  arms: [],
  view: DEFAULT_ANALYSIS_VIEW,
  dataCut: null,
  asOf: null,
  references: [],
}

/** An address as a page gets it: a name that stands twice has an array. */
function parseQuery(query: string): Record<string, string | string[]> {
  const params = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(params.keys())].map(name => {
      const values = params.getAll(name)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}

const refusals = (given: Parameters<typeof readCohortControls>[0]) => {
  const read = readCohortControls(given)
  return read.ok || read.error.code !== 'invalidInput' ? null : read.error.fields
}

describe('the controls of a cohort in its address', () => {
  it('are the default where nothing, or blanks from an untouched form, are given', () => {
    expect(readCohortControls({})).toEqual({ ok: true, value: PLAIN })
    const blanks = { subgroup: '', strategy: '', axis: '', missing: '', inWindow: '', dataCut: '', asOf: '' }
    expect(readCohortControls({ ...blanks, parameter: '', visit: [''] })).toEqual({ ok: true, value: PLAIN })
    expect(formatCohortControls(PLAIN)).toBe('')
  })

  it('are read from every name, lists from names that stand several times', () => {
    const query =
      'parameter=NPRS_AVG&parameter=ODI&visit=M6&arm=PRT&subgroup=sex%3Afemale&strategy=composite&axis=sinceLastDose&missing=locf&inWindow=1&dataCut=2024-06-30&asOf=120&reference=ashar-2022'
    const read = readCohortControls(parseQuery(query))
    expect(read).toEqual({
      ok: true,
      value: {
        parameters: ['NPRS_AVG', 'ODI'],
        visits: ['M6'],
        arms: ['PRT'],
        view: {
          subgroup: { factor: 'sex', level: 'female' },
          strategy: 'composite',
          timeAxis: 'sinceLastDose',
          missingData: 'locf',
          inWindowOnly: true,
        },
        dataCut: '2024-06-30',
        asOf: 120,
        references: ['ashar-2022'],
      },
    })
    expect(read.ok && formatCohortControls(read.value)).toBe(query)
  })

  it('come back the same from the address made of them, whatever they are', () => {
    const code = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
    const codes = fc.uniqueArray(code, { maxLength: 4 })
    const level = fc.string({ minLength: 1, maxLength: 40 }).filter(text => text.trim() === text)
    fc.assert(
      fc.property(
        fc.record({
          parameters: codes,
          visits: codes,
          arms: codes,
          view: fc.record({
            subgroup: fc.option(
              fc.record({ factor: fc.constantFrom('site', 'ageBand', 'diagnosis'), level }),
            ),
            strategy: fc.constantFrom(...STRATEGIES),
            timeAxis: fc.constantFrom(...TIME_AXES),
            missingData: fc.constantFrom(...MISSING_DATA_METHODS),
            inWindowOnly: fc.boolean(),
          }),
          dataCut: fc.option(fc.constantFrom('2024-06-30', '30 Jun 2024')),
          asOf: fc.option(fc.nat()),
          references: codes,
        }),
        controls => {
          const read = readCohortControls(parseQuery(formatCohortControls(controls)))
          expect(read).toEqual({ ok: true, value: controls })
        },
      ),
    )
  })

  it('are refused field by field, with the value and what is allowed', () => {
    expect(refusals({ strategy: 'hope', missing: 'mean', asOf: '-1', inWindow: 'yes' })).toEqual([
      {
        field: 'strategy',
        value: 'hope',
        text: '“hope” is no strategy for events. Choose treatmentPolicy, composite or whileOnFirstDose.',
      },
      {
        field: 'missing',
        value: 'mean',
        text: '“mean” is no method of missing data. Choose observed, nonResponder, locf, bocf or worstCase.',
      },
      { field: 'inWindow', value: 'yes', text: '“yes” is no answer. Choose 1, or leave it out.' },
      { field: 'asOf', value: '-1', text: '“-1” is no audit entry. Give its number, for example 120.' },
    ])
  })

  it('never take a group formed after baseline, an unknown factor, or none of its levels', () => {
    expect(refusals({ subgroup: 'secondDose:yes' })?.[0]?.text).toMatch(/known only after baseline/)
    expect(refusals({ subgroup: 'mood:low' })?.[0]?.text).toBe(
      '“mood” is no factor of a subgroup. Choose site, sex, ageBand, grade, modic or diagnosis.',
    )
    expect(refusals({ subgroup: 'sex' })?.[0]?.text).toBe(
      '“sex” names no level. Write factor:level, for example sex:female.',
    )
  })

  it('are refused where the study does not offer them', () => {
    const offered = {
      parameters: ['ODI'],
      visits: ['BL', 'M6'],
      arms: ['ONE'],
      subgroups: [{ factor: 'sex', label: 'Sex', levels: [{ level: 'female', label: 'Female', n: 5 }] }],
      references: [],
    }
    expect(checkCohortControls({ ...PLAIN, parameters: ['ODI'] }, offered).ok).toBe(true)
    const view = { ...DEFAULT_ANALYSIS_VIEW, subgroup: { factor: 'sex', level: 'male' } }
    const asked = { ...PLAIN, parameters: ['VAS'], visits: ['M6', 'M7'], references: ['x'], view }
    expect(checkCohortControls(asked, offered)).toEqual({
      ok: false,
      error: {
        code: 'invalidInput',
        fields: [
          { field: 'parameter', value: 'VAS', text: '“VAS” is not in this result. Choose ODI.' },
          { field: 'visit', value: 'M7', text: '“M7” is not in this result. Choose BL or M6.' },
          {
            field: 'reference',
            value: 'x',
            text: '“x” is not in this result. Leave it out: there is none to choose.',
          },
          {
            field: 'subgroup',
            value: 'sex:male',
            text: '“sex:male” is not in this result. Choose sex:female.',
          },
        ],
      },
    })
  })
})
