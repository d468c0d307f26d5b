import { describe, expect, it } from 'vitest'
import { parseProtocol } from '@/lib/schemas/protocol'
import { injectionStudy, percent30, refused, trial } from './__fixtures__/protocol-files'

describe('a protocol file', () => {
  it('is read whole, with what may be left out filled in', () => {
    const result = parseProtocol(injectionStudy())
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    const { value } = result
    expect(value.visits.map(visit => visit.forms)).toEqual([['EXAM'], [], [], []])
    expect(value.visits[3]?.sinceVersion).toBe('1.1')
    expect(value.settings.eq5d3l).toEqual({ valueSet: 'UK-Dolan-1997' })
    expect(value.responders).toEqual([
      {
        code: 'PAIN30',
        label: '≥ 30 % less pain',
        condition: percent30,
        noIntervention: false,
        isResponder: true,
      },
      {
        code: 'ANY',
        label: 'Any reduction',
        condition: { parameter: 'NPRS_AVG', improvement: { above: 0, unit: 'points' } },
        noIntervention: false,
        isResponder: false,
      },
    ])
  })

  it('may leave out treatments, rules, eligibility, consents and forms', () => {
    const result = parseProtocol(trial())
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    expect(result.value).toMatchObject({
      treatments: [],
      responders: [],
      eligibility: { inclusion: [], exclusion: [] },
      consents: [],
      forms: [],
      illustrative: [],
      missingData: { means: 'observed', responders: 'nonResponderImputation' },
    })
  })

  it('may carry keys of its own that begin with x-', () => {
    const annotated = { ...injectionStudy(), 'x-note': { any: ['thing'] } }
    expect(parseProtocol(annotated)).toEqual(parseProtocol(injectionStudy()))
  })

  it('may combine responder rules at several visits and ask for no intervention', () => {
    const composite = {
      code: 'COMPOSITE',
      label: 'Composite',
      all: [
        percent30,
        { any: [percent30, { parameter: 'ODI', improvement: { atLeast: 15, unit: 'points' } }] },
      ],
      visits: ['M12', 'M24'],
      noIntervention: true,
    }
    const result = parseProtocol({ ...injectionStudy(), responders: [composite] })
    expect(result.ok && result.value.responders[0]).toEqual({
      code: 'COMPOSITE',
      label: 'Composite',
      condition: { all: composite.all, visits: ['M12', 'M24'] },
      noIntervention: true,
      isResponder: true,
    })
  })

  it('is nothing but an object', () => {
    for (const json of [null, [], 'study', 3, undefined]) expect(refused(json)).toHaveLength(1)
    expect(refused({}).map(error => error.path)).toContain('study')
  })
})
