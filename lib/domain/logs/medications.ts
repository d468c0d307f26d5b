import { formatPartial } from '@/lib/domain/logs/date-checks'
import type { Log, LogField } from '@/lib/domain/logs/log'
import { askAboutMedication } from '@/lib/domain/medication/ask-medication'
import { checkMedication } from '@/lib/domain/medication/check-medication'
import { listSuggestedDrugs } from '@/lib/domain/medication/drugs'
import { DOSE_UNITS, readMedication } from '@/lib/domain/medication/medication'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { MissingReason } from '@/lib/domain/shared/missing'

const NOT_KNOWN: readonly MissingReason[] = ['unknown', 'illegible']

const LEVELS = [
  { code: '1', label: 'Non-opioid' },
  { code: '2', label: 'Weak opioid' },
  { code: '3', label: 'Strong opioid' },
] as const

const ROUTES = [
  { code: 'oral', label: 'By mouth' },
  { code: 'transdermal', label: 'Through the skin' },
  { code: 'injection', label: 'Injection' },
  { code: 'rectal', label: 'Rectal' },
  { code: 'nasal', label: 'Nasal' },
  { code: 'topical', label: 'On the skin' },
  { code: 'other', label: 'Other' },
] as const

const FREQUENCY_CHOICES = [
  { code: 'regular', label: 'Regularly' },
  { code: 'asNeeded', label: 'As needed' },
  { code: 'continuous', label: 'Continuous (patch, pump)' },
] as const

/**
 * Every drug that a participant takes, one entry for each course of one drug at one dose. Analgesics carry their level;
 * the morphine equivalents of a visit (`MME_DAY`) follow from them. A changed dose is a new entry.
 * Missing rule: what is not known is chosen as such, never guessed. Source: clinical.md §2, analgesic use.
 * Example: `medications.describe(…)` → `Tramadol 50 mg, 4 a day, ongoing`.
 */
export const medications: Log = {
  code: 'medications',
  path: 'medication',
  name: 'Medication',
  one: 'medication',
  note: 'Analgesics and all other medication. When a dose changes, end the entry and make a new one.',
  fields: protocol => listFields(protocol.settings),
  check: checkMedication,
  ask: askAboutMedication,
  describe: answers => {
    const { drug, dose, unit, frequency, timesADay, to, isOngoing } = readMedication(answers)
    const amount = dose === null ? null : `${dose} ${unit ?? ''}`.trim()
    const often = frequency === 'continuous' ? 'continuous' : timesADay === null ? null : `${timesADay} a day`
    const needed = frequency === 'asNeeded' ? ' as needed' : ''
    const until = isOngoing ? 'ongoing' : to && `to ${formatPartial(to)}`
    const taken = [drug, amount].filter(Boolean).join(' ')
    return [taken, often && `${often}${needed}`, until].filter(Boolean).join(', ')
  },
  orderedBy: 'CMSTDAT',
}

function listFields(settings: Settings): readonly LogField[] {
  return [
    {
      code: 'CMTRT',
      label: 'Drug',
      type: 'text',
      required: true,
      suggestions: listSuggestedDrugs(settings),
      hint: 'One drug by its generic name; a combination as one entry for each drug.',
      group: 'Drug',
    },
    { code: 'CMANALG', label: 'Analgesic', type: 'boolean', required: true },
    {
      code: 'CMLEVEL',
      label: 'Level of the analgesic',
      type: 'choice',
      choices: LEVELS,
      required: true,
      missingCodes: NOT_KNOWN,
      showIf: { field: 'CMANALG', equals: true },
    },
    { code: 'CMINDC', label: 'Indication', type: 'text' },
    {
      code: 'CMDOSE',
      label: 'Dose',
      type: 'decimal',
      required: true,
      range: [0, 1_000_000],
      missingCodes: NOT_KNOWN,
      hint: 'One dose; of a patch or pump its rate.',
      group: 'Dose',
    },
    {
      code: 'CMDOSU',
      label: 'Unit',
      type: 'choice',
      choices: DOSE_UNITS.map(unit => ({ code: unit, label: unit === 'other' ? 'Other' : unit })),
      required: true,
      missingCodes: NOT_KNOWN,
    },
    {
      code: 'CMROUTE',
      label: 'Route',
      type: 'choice',
      choices: ROUTES,
      required: true,
      missingCodes: NOT_KNOWN,
    },
    {
      code: 'CMFREQ',
      label: 'How often',
      type: 'choice',
      choices: FREQUENCY_CHOICES,
      required: true,
      missingCodes: NOT_KNOWN,
    },
    {
      code: 'CMTIMES',
      label: 'Times a day',
      type: 'decimal',
      range: [0, 100],
      missingCodes: NOT_KNOWN,
      hint: 'Mean number of doses a day that were actually taken; 0.5 is one every other day. Blank for a patch or pump.',
    },
    {
      code: 'CMSTDAT',
      label: 'From',
      type: 'partialDate',
      required: true,
      missingCodes: NOT_KNOWN,
      group: 'Course',
    },
    { code: 'CMONGO', label: 'Ongoing', type: 'boolean', required: true, missingCodes: NOT_KNOWN },
    {
      code: 'CMENDAT',
      label: 'To',
      type: 'partialDate',
      required: true,
      missingCodes: NOT_KNOWN,
      hint: 'The last day on which it was taken.',
      showIf: { field: 'CMONGO', equals: false },
    },
  ]
}
