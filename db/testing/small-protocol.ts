import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

function day(text: string): CalendarDate {
  const date = parseCalendarDate(text)
  if (!date) throw new Error(`${text} is not a date`)
  return date
}

/** One open arm, a second dose after 6 months, pain and disability, one form of the study's own. */
export const SMALL_PROTOCOL: Protocol = {
  format: 1,
  study: { code: 'SMALL', title: 'Small back pain study', timeZone: 'Australia/Melbourne' },
  versions: [{ number: '1.0', effectiveFrom: day('2024-01-01'), summary: 'First approved protocol' }],
  masking: 'open',
  arms: [{ code: 'ACTIVE', name: 'Active treatment', ratio: 1 }],
  treatments: [
    { code: 'DOSE1', name: 'First injection' },
    {
      code: 'DOSE2',
      name: 'Second injection',
      optional: true,
      notBefore: { value: 6, unit: 'months' },
      condition: 'persistent pain at 6 months',
    },
  ],
  dayZero: 'firstTreatment',
  visits: [
    {
      code: 'BL',
      name: 'Baseline',
      target: { value: -14, unit: 'days' },
      window: { beforeDays: 28, afterDays: 14 },
      instruments: ['nprs', 'odi'],
      forms: ['EXAM'],
    },
    {
      code: 'M1',
      name: '1 month',
      target: { value: 1, unit: 'months' },
      window: { beforeDays: 7, afterDays: 7 },
      instruments: ['nprs'],
      forms: [],
    },
    {
      code: 'M6',
      name: '6 months',
      target: { value: 6, unit: 'months' },
      window: { beforeDays: 21, afterDays: 30 },
      instruments: ['nprs', 'odi'],
      forms: [],
    },
    {
      code: 'M12',
      name: '12 months',
      target: { value: 12, unit: 'months' },
      window: { beforeDays: 21, afterDays: 30 },
      instruments: ['nprs', 'odi'],
      forms: ['EXAM'],
    },
  ],
  settings: { nprs: { items: ['average', 'worst'], recallHours: 168 }, odi: { maxMissingSections: 1 } },
  baseline: { visits: ['BL'], rule: 'single' },
  responders: [
    {
      code: 'PAIN30',
      label: '≥ 30 % reduction in average pain',
      condition: { parameter: 'NPRS_AVG', improvement: { atLeast: 30, unit: 'percent' } },
      noIntervention: false,
      isResponder: true,
    },
  ],
  missingData: { means: 'observed', responders: 'nonResponderImputation' },
  eligibility: {
    inclusion: [
      { code: 'I1', text: '18 years or older' },
      { code: 'I2', text: 'Chronic low back pain from a single lumbar disc level' },
    ],
    exclusion: [{ code: 'E1', text: 'Blood disorder' }],
  },
  consents: [{ version: '1.0', approvedOn: day('2024-01-10') }],
  forms: [
    {
      code: 'EXAM',
      label: 'Examination',
      repeating: false,
      fields: [
        {
          code: 'BMI',
          label: 'Body mass index',
          type: 'decimal',
          unit: 'kg/m²',
          range: [12, 70],
          required: true,
        },
        { code: 'SMOKER', label: 'Smoker', type: 'boolean' },
      ],
    },
  ],
  illustrative: [],
}

/** Two arms, allocation told only to those who may know it. */
export const TWO_ARM_PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  study: { ...SMALL_PROTOCOL.study, code: 'TWOARM', title: 'Two-arm back pain study' },
  masking: 'siteStaff',
  arms: [
    { code: 'ACTIVE', name: 'Active treatment', ratio: 1 },
    { code: 'SHAM', name: 'Sham', ratio: 1 },
  ],
  dayZero: 'randomisation',
}
