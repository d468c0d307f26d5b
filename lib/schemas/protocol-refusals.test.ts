import { describe, expect, it } from 'vitest'
import { formatPath } from '@/lib/domain/protocol/protocol-error'
import { injectionStudy, percent30, refused } from './__fixtures__/protocol-files'

const withChange = (change: (study: ReturnType<typeof injectionStudy>) => void) => {
  const study = injectionStudy()
  change(study)
  return study
}

/** Sets the value at a path of keys. */
function set(json: unknown, keys: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return value
  const copy = (Array.isArray(json) ? [...json] : { ...(json as object) }) as Record<string | number, unknown>
  copy[key] = set(copy[key], rest, value)
  return copy
}

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
    [
      'a treatment for an unknown arm',
      ['treatments', 0, 'arms'],
      ['PLACEBOS'],
      'PLACEBOS',
      'No arm of the study has this code.',
      'treatments[0].arms[0]',
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
