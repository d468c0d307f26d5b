import { describe, expect, it } from 'vitest'
import { EVERYTHING_PROTOCOL } from '@/db/testing/everything-protocol'
import { parseProtocol } from '@/lib/schemas/protocol'

function findings(change: Record<string, unknown>): string[] {
  const json = { ...structuredClone(EVERYTHING_PROTOCOL), responders: [], ...change }
  const read = parseProtocol(json)
  return read.ok ? [] : read.error.map(({ path, text }) => `${path}: ${text}`)
}
const check = (one: unknown) => findings({ checks: [one] })
/** The form that has the field PULSE. */
const FORM =
  EVERYTHING_PROTOCOL.forms.find(({ fields }) => fields.some(({ code }) => code === 'PULSE'))?.code ?? ''
const CROSS = { when: { item: 'SMOKER', equals: false }, and: { item: 'PULSE', atLeast: 1 }, text: 'No.' }

describe('checks of the study’s own', () => {
  it('are published as they are written', () => {
    expect(findings({})).toEqual([])
    expect(check(CROSS)).toEqual([])
    expect(check({ item: 'CRP', changeFromLast: { atLeast: 50 }, text: 'CRP changed by 50.' })).toEqual([])
    expect(check({ item: 'ODI_06', changeFromLast: { atLeast: 3 } })).toEqual([])
  })

  it('of two forms are refused where no visit has both: their answers never meet', () => {
    const apart = (shared: boolean) => {
      const visits = EVERYTHING_PROTOCOL.visits.map((visit, index) => {
        const forms = visit.forms.filter(code => code !== FORM)
        const instruments = visit.instruments.filter(code => code !== 'odi')
        const isFormVisit = index === 0
        return {
          ...visit,
          forms: isFormVisit ? [...forms, FORM] : forms,
          instruments: isFormVisit && !shared ? instruments : [...instruments, 'odi'],
        }
      })
      const across = { when: { item: 'ODI_06', equals: 5 }, and: { item: 'PULSE', atLeast: 1 }, text: 'No.' }
      return findings({ visits, checks: [across] }).filter(text => text.startsWith('checks'))
    }
    expect(apart(true)).toEqual([])
    expect(apart(false)).toEqual([
      `checks[0].and.item: No visit has both odi and ${FORM}, so their answers never meet. Name items of one visit.`,
    ])
  })

  it.each([
    [
      { parameter: 'NPRS_AVGE', changeFromLast: { atLeast: 4 } },
      'checks[0].parameter: No instrument yields this parameter under these settings.',
    ],
    [
      { parameter: 'EQ5D3L_PROFILE', changeFromLast: { atLeast: 4 } },
      'checks[0].parameter: A profile has no difference. Name its index or a dimension.',
    ],
    [
      { parameter: 'NPRS_AVG', changeFromLast: { atLeast: 0 } },
      'checks[0].changeFromLast.atLeast: Must be more than 0.',
    ],
    [
      { item: 'SMOKER', changeFromLast: { atLeast: 1 }, text: 'x' },
      'checks[0].item: Only a number can change by so much. Name a number.',
    ],
    [
      { item: 'CRP', changeFromLast: { atLeast: 50 } },
      'checks[0].text: Say what is asked; a field of a form has no text of its own.',
    ],
    [
      { parameter: 'ODI', item: 'ODI_06', changeFromLast: { atLeast: 1 } },
      'checks[0]: Give either parameter or item with changeFromLast, or when, and and text.',
    ],
    [
      { ...CROSS, when: { item: 'NOBODY', equals: 1 } },
      'checks[0].when.item: No item of an instrument and no field of a form has this code.',
    ],
    [{ ...CROSS, and: { item: 'PULSE' } }, 'checks[0].and: Give exactly one of equals, atLeast and atMost.'],
    [
      { ...CROSS, text: undefined },
      'checks[0]: Give either parameter or item with changeFromLast, or when, and and text.',
    ],
    [
      { ...CROSS, and: { item: 'PULSE', form: 'LAB', atLeast: 1 } },
      'checks[0].and.item: No item of an instrument and no field of a form has this code.',
    ],
    [
      { ...CROSS, when: { item: 'SMOKER', equals: 'no' } },
      'checks[0].when.equals: No answer to this item has this value. Name one that it has, of the same kind.',
    ],
    [
      { ...CROSS, when: { item: 'ODI_06', equals: '5' } },
      'checks[0].when.equals: No answer to this item has this value. Name one that it has, of the same kind.',
    ],
    [
      { ...CROSS, when: { item: 'ODI_06', equals: 6 } },
      'checks[0].when.equals: No answer to this item has this value. Name one that it has, of the same kind.',
    ],
    [
      { ...CROSS, when: { item: 'SMOKER', atLeast: 1 } },
      'checks[0].when.item: Only a number has bounds. Give equals.',
    ],
  ])('%j is refused', (one, finding) => {
    expect(check(one)).toEqual([finding])
  })

  it('may compare with any value that the item has', () => {
    const when = (item: string, equals: unknown) => check({ ...CROSS, when: { item, equals } })
    expect([...when('ODI_06', 5), ...when('TOL_STAND', 'unlimited'), ...when('SMOKER', true)]).toEqual([])
  })

  it('name the form where several have the field', () => {
    const [vitals, lab, joint] = EVERYTHING_PROTOCOL.forms
    const twice = [
      vitals,
      { ...lab, fields: [...(lab?.fields ?? []), { code: 'PULSE', label: 'Pulse', type: 'integer' }] },
      joint,
    ]
    expect(findings({ forms: twice, checks: [CROSS] })).toEqual([
      'checks[0].and.item: Several forms have this field: VITALS, LAB. Add "form".',
    ])
    const named = { ...CROSS, and: { ...CROSS.and, form: 'VITALS' } }
    expect(findings({ forms: twice, checks: [named] })).toEqual([])
  })
})

describe('places of a form', () => {
  it.each([
    [
      { settings: { mri: { locations: ['L4/L5', 'l4/l5'] } } },
      'settings.mri.locations: Listed twice. Name each place once.',
    ],
    [{ settings: { odi: { locations: ['L4/L5'] } } }, 'settings.odi.locations: Unknown key.'],
  ])('%j are refused', (change, finding) => {
    expect(findings({ ...change, checks: [] }).join()).toContain(finding)
  })
})
