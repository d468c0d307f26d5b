import { parseProtocol } from '@/lib/schemas/protocol'

export const percent30 = { parameter: 'NPRS_AVG', improvement: { atLeast: 30, unit: 'percent' } }

/** A one-arm study of injections, with an optional second dose, an amendment and a form of its own. */
export function injectionStudy() {
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
export function trial() {
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

/** What is wrong with a file. */
export const refused = (json: unknown) => {
  const result = parseProtocol(json)
  if (result.ok) throw new Error('was accepted')
  return result.error
}
