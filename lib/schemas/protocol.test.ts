import { describe, expect, it } from 'vitest'
import { formatPath } from '@/lib/domain/protocol/protocol-error'
import { parseProtocol } from '@/lib/schemas/protocol'

const percent30 = { parameter: 'NPRS_AVG', improvement: { atLeast: 30, unit: 'percent' } }

/** A one-arm study of injections, with an optional second dose, an amendment and a form of its own. */
function injectionStudy() {
  return {
    format: 1,
    study: {
      code: 'DISC',
      title: 'Injections for disc pain',
      registry: 'ACTRN00000000000000',
      timeZone: 'Australia/Melbourne',
      plannedParticipants: 10,
    },
    versions: [
      { number: '1.0', effectiveFrom: '2017-05-02', summary: 'First approved protocol' },
      { number: '1.1', effectiveFrom: '2018-03-01', summary: '24-month visit added' },
    ],
    masking: 'open',
    arms: [{ code: 'CELLS', name: 'Cells', ratio: 1 }],
    treatments: [
      { code: 'DOSE1', name: 'First', dose: { value: 10, unit: 'million cells' }, route: 'intradiscal' },
      { code: 'DOSE2', name: 'Second', optional: true, notBefore: { value: 6, unit: 'months' } },
    ],
    dayZero: 'firstTreatment',
    visits: [
      {
        code: 'BL',
        name: 'Baseline',
        target: { value: -14, unit: 'days' },
        window: { beforeDays: 28, afterDays: 14 },
        instruments: ['nprs', 'odi', 'eq5d3l', 'mri'],
        forms: ['EXAM'],
      },
      {
        code: 'W1',
        name: '1 week (safety)',
        target: { value: 1, unit: 'weeks' },
        window: { beforeDays: 2, afterDays: 3 },
        instruments: ['adverseEvents'],
      },
      {
        code: 'M12',
        name: '12 months',
        target: { value: 12, unit: 'months' },
        window: { beforeDays: 21, afterDays: 30 },
        instruments: ['nprs', 'odi', 'eq5d3l', 'adverseEvents'],
      },
      {
        code: 'M24',
        name: '24 months',
        target: { value: 24, unit: 'months' },
        window: { beforeDays: 30, afterDays: 60 },
        instruments: ['nprs'],
        sinceVersion: '1.1',
      },
    ],
    settings: {
      nprs: { items: ['average', 'worst'], recallHours: 168 },
      odi: { maxMissingSections: 1 },
      eq5d3l: { valueSet: 'UK-Dolan-1997' },
    },
    baseline: { visits: ['BL'], rule: 'single' },
    responders: [
      { code: 'PAIN30', label: '≥ 30 % less pain', ...percent30 },
      {
        code: 'ANY',
        label: 'Any reduction',
        parameter: 'NPRS_AVG',
        improvement: { above: 0, unit: 'points' },
        isResponder: false,
      },
    ] as unknown[],
    missingData: { means: 'observed', responders: 'nonResponderImputation' },
    eligibility: { inclusion: [{ code: 'I1', text: '18 years or older' }], exclusion: [] as unknown[] },
    consents: [{ version: '1.0', approvedOn: '2017-03-22' }],
    illustrative: ['visits[*].window'],
    forms: [
      {
        code: 'EXAM',
        label: 'Examination',
        repeating: false,
        fields: [
          {
            code: 'SLR',
            label: 'Straight-leg raise',
            type: 'choice',
            choices: [
              { code: 'NEG', label: 'Negative' },
              { code: 'POS', label: 'Positive' },
            ],
            missingCodes: ['notDone'],
          },
          { code: 'FLEX_CM', label: 'Distance', type: 'decimal', unit: 'cm', range: [0, 80] },
          {
            code: 'SIDE',
            label: 'Side',
            type: 'text',
            showIf: { field: 'SLR', equals: 'POS' },
          },
        ] as unknown[],
      },
    ],
  }
}

/** A three-arm trial that counts from enrolment, without what the format lets out. */
function trial() {
  return {
    format: 1,
    study: { code: 'TRIAL', title: 'Three arms', timeZone: 'America/Denver' },
    versions: [{ number: '1.0', effectiveFrom: '2017-08-01', summary: 'Re-analysis' }],
    masking: 'open',
    arms: ['A', 'B', 'USUAL_CARE'].map(code => ({ code, name: code, ratio: 1 })),
    treatments: [],
    dayZero: 'enrolment',
    visits: [
      {
        code: 'PRE',
        name: 'Before',
        target: { value: 0, unit: 'days' },
        window: { beforeDays: 28, afterDays: 14 },
        instruments: ['nprs', 'odi'],
      },
      {
        code: 'POST',
        name: 'After',
        target: { value: 1, unit: 'months' },
        window: { beforeDays: 14, afterDays: 30 },
        instruments: ['nprs', 'odi', 'pgic', 'satisfaction'],
      },
    ],
    settings: { nprs: { items: ['average'] }, odi: { allowTotalOnly: true }, pgic: { best: 7 } },
    baseline: { visits: ['PRE'], rule: 'single' },
  }
}

const withChange = (change: (study: ReturnType<typeof injectionStudy>) => void) => {
  const study = injectionStudy()
  change(study)
  return study
}

const refused = (json: unknown) => {
  const result = parseProtocol(json)
  if (result.ok) throw new Error('was accepted')
  return result.error
}

/** Sets the value at a path of keys. */
function set(json: unknown, keys: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return value
  const copy = (Array.isArray(json) ? [...json] : { ...(json as object) }) as Record<string | number, unknown>
  copy[key] = set(copy[key], rest, value)
  return copy
}

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

describe('a refusal gives path, value and remedy', () => {
  it.each<[string, (string | number)[], unknown, string, string, string?]>([
    ['a missing key', ['study', 'timeZone'], undefined, '', 'Missing. Give a text in quotes.'],
    ['a wrong type', ['visits', 2, 'window', 'beforeDays'], '21', '21', 'Must be a whole number.'],
    ['a negative window', ['visits', 2, 'window', 'beforeDays'], -1, '-1', 'Must be at least 0.'],
    ['part of a day', ['visits', 0, 'target', 'value'], 1.5, '1.5', 'Must be a whole number.'],
    ['a target out of reach', ['visits', 3, 'target', 'value'], 601, '601', 'Further than 50 years away.'],
    ['a slip in a word', ['dayZero'], 'enrollment', 'enrollment', 'Did you mean "enrolment"?'],
    ['an unknown word', ['masking'], 'double', 'double', 'Use open, participant, siteStaff, full.'],
    ['a day that does not exist', ['versions', 0, 'effectiveFrom'], '2017-02-29', '2017-02-29', 'Not a day'],
    ['a time zone', ['study', 'timeZone'], 'Melbourne', 'Melbourne', 'IANA name'],
    ['another format', ['format'], 2, '2', 'reads format 1'],
    ['a code with a blank', ['arms', 0, 'code'], 'NEW ARM', 'NEW ARM', 'Use 1 to 32 letters'],
    [
      'an unknown setting',
      ['settings', 'odi', 'maxMissingSection'],
      2,
      '2',
      'Did you mean "maxMissingSections"?',
    ],
    ['an unknown key', ['visits', 0, 'instrument'], [], '[]', 'Did you mean "instruments"?'],
    ['an unknown instrument', ['visits', 0, 'instruments', 0], 'nrps', 'nrps', 'Did you mean "nprs"?'],
    ['an instrument listed twice', ['visits', 0, 'instruments', 1], 'nprs', 'nprs', 'Listed twice'],
    ['settings of no instrument', ['settings', 'nprss'], {}, '{}', 'Did you mean "nprs"?'],
    ['an unknown form', ['visits', 0, 'forms', 0], 'EXAMS', 'EXAMS', 'Did you mean "EXAM"?'],
    ['a code given twice', ['visits', 2, 'code'], 'bl', 'bl', 'Given twice'],
    ['a version given twice', ['versions', 1, 'number'], '1.0', '1.0', 'Given twice'],
    ['versions out of order', ['versions', 1, 'effectiveFrom'], '2017-05-01', '2017-05-01', 'oldest first'],
    ['an unknown version', ['visits', 3, 'sinceVersion'], '2.0', '2.0', 'No version has this number.'],
    ['an unknown baseline visit', ['baseline', 'visits', 0], 'B1', 'B1', 'Did you mean "BL"?'],
    ['a baseline after day zero', ['baseline', 'visits', 0], 'M12', 'M12', 'after day zero'],
    [
      'a first dose that waits',
      ['treatments', 0, 'notBefore'],
      { value: 1, unit: 'days' },
      '{"value":1,"unit":"days"}',
      'Leave it out',
    ],
    ['day zero without treatment', ['treatments'], [], 'firstTreatment', 'no treatment is listed', 'dayZero'],
    ['a rule on nothing', ['responders', 0, 'parameter'], 'NPRS_AVERAGE', 'NPRS_AVERAGE', 'NPRS_AVG'],
    ['a rule on what no visit asks', ['responders', 0, 'parameter'], 'VAS', 'VAS', 'List instrument vas'],
    [
      'a rule at no visit',
      ['responders', 0, 'visits'],
      ['M11'],
      'M11',
      'Did you mean "M12"?',
      'responders[0].visits[0]',
    ],
    [
      'a percentage of an index',
      ['responders', 0, 'parameter'],
      'EQ5D3L_INDEX',
      'percent',
      'Use points.',
      'responders[0].improvement.unit',
    ],
    [
      'more than all',
      ['responders', 0, 'improvement', 'atLeast'],
      130,
      '{"atLeast":130,"unit":"percent"}',
      'more than 100 %',
      'responders[0].improvement',
    ],
    [
      'two limits',
      ['responders', 0, 'improvement', 'above'],
      3,
      '{"atLeast":30,"unit":"percent","above":3}',
      'Give either',
      'responders[0].improvement',
    ],
    ['a field without choices', ['forms', 0, 'fields', 0, 'choices'], undefined, '', 'at least one choice'],
    ['choices of a number', ['forms', 0, 'fields', 1, 'choices'], [], '[]', 'has no choices'],
    ['a range upside down', ['forms', 0, 'fields', 1, 'range'], [80, 0], '[80,0]', 'lower end first'],
    ['showIf on itself', ['forms', 0, 'fields', 2, 'showIf', 'field'], 'SIDE', 'SIDE', 'No earlier field'],
    [
      'showIf never true',
      ['forms', 0, 'fields', 2, 'showIf', 'equals'],
      'YES',
      'YES',
      'Use one of NEG, POS.',
    ],
    ['a field like a score', ['forms', 0, 'fields', 1, 'code'], 'ODI', 'ODI', 'column of instrument odi'],
    ['a field like a column', ['forms', 0, 'fields', 1, 'code'], 'visit', 'visit', 'Choose another.'],
    ['a field given twice', ['forms', 0, 'fields', 1, 'code'], 'SLR', 'SLR', 'same code'],
  ])('for %s', (_, keys, value, shown, remedy, place = formatPath(keys)) => {
    expect(refused(set(injectionStudy(), keys, value))).toContainEqual({
      path: place,
      value: shown,
      text: expect.stringContaining(remedy),
    })
  })

  it('for a rule of two kinds', () => {
    const [error, ...more] = refused(set(injectionStudy(), ['responders', 0, 'all'], [percent30]))
    expect(more).toEqual([])
    expect(error?.path).toBe('responders[0]')
    expect(error?.text).toBe('Give either parameter with improvement, or all, or any.')
  })

  it('names the exact place', () => {
    const errors = refused(set(injectionStudy(), ['visits', 2, 'window', 'beforeDays'], -1))
    expect(errors).toEqual([
      { path: 'visits[2].window.beforeDays', value: '-1', text: 'Must be at least 0.' },
    ])
  })

  it('for every unknown key of one object', () => {
    const json = { ...injectionStudy(), maskng: 'open', __proto: 1 }
    expect(refused(json).map(error => [error.path, error.text])).toEqual([
      ['maskng', 'Unknown key. Did you mean "masking"? Keys of your own begin with "x-".'],
      ['__proto', expect.stringContaining('Unknown key. Known: format, study,')],
    ])
  })

  it('for all that is wrong at once', () => {
    const json = set(set(injectionStudy(), ['dayZero'], 'birth'), ['arms', 0, 'ratio'], 0)
    expect(
      refused(json)
        .map(error => error.path)
        .toSorted(),
    ).toEqual(['arms[0].ratio', 'dayZero'])
  })

  it('for overlapping windows of one instrument', () => {
    const [error, ...more] = refused(
      withChange(study => {
        for (const visit of study.visits.slice(2)) visit.window = { beforeDays: 200, afterDays: 200 }
      }),
    )
    expect(more).toEqual([])
    expect(error?.path).toBe('visits[3].window')
    expect(error?.text).toMatch(/^Windows of M12 and M24 overlap for nprs: from day zero /)
  })

  it('for no intervention asked inside a combination', () => {
    const [error] = refused({
      ...injectionStudy(),
      responders: [{ code: 'C', label: 'C', all: [{ ...percent30, noIntervention: true }] }],
    })
    expect(error?.path).toBe('responders[0].all[0].noIntervention')
    expect(error?.text).toContain('Belongs to the rule as a whole.')
  })
})
