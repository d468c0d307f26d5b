import { z } from 'zod'
import { checkRegistrationRange } from '@/lib/domain/checks/registration'
import { joinReason, ReasonParts } from './reason'
import {
  confirmedQuestions,
  optionalDate,
  optionalText,
  optionalWhole,
  recordVersion,
  requiredDate,
  requiredText,
} from './typed-values'

export const SEXES = ['female', 'male', 'intersex', 'notStated'] as const
export const PAIN_TYPES = ['axial', 'radicular', 'both', 'unknown'] as const

/** `screening`: enrolled, nothing entered yet; `restricted`: asked for no further use. The rest as it reads. */
export const PARTICIPANT_STATUSES = [
  'screening',
  'awaitingTreatment',
  'followUp',
  'complete',
  'screenFailure',
  'declined',
  'withdrawn',
  'lost',
  'died',
  'restricted',
] as const
export type ParticipantStatus = (typeof PARTICIPANT_STATUSES)[number]

export const PARTICIPANT_SORTS = ['number', 'site', 'treated', 'next'] as const
export type ParticipantSort = (typeof PARTICIPANT_SORTS)[number]

const yesNo = z.record(z.string(), z.array(z.string())).default({})

/** The registration form. Each criterion comes as `eligibility.I1` → `yes` or `no`, and once more blank: it was asked. */
const RegistrationFields = z.object({
  study: requiredText('The study is missing. Open the form again.'),
  site: requiredText('Choose the site.'),
  consentVersion: requiredText('Give the consent version that was signed.', 40),
  consentDate: requiredDate('Enter the date of consent.'),
  screenedOn: optionalDate,
  eligibility: yesNo.transform((answers, context) => {
    const read: Record<string, boolean> = {}
    for (const [code, [answer]] of Object.entries(answers)) {
      if (answer === 'yes' || answer === 'no') read[code] = answer === 'yes'
      else {
        const message = `${code} is not answered. Answer yes or no.`
        context.addIssue({ code: 'custom', path: [code], message })
      }
    }
    return read
  }),
  takesPart: z
    .enum(['yes', 'no'], { error: 'Say whether the person takes part.' })
    .transform(answer => answer === 'yes'),
  ageAtConsent: optionalWhole('Age').transform((age, context): number => {
    if (age !== null) return age
    context.addIssue({ code: 'custom', message: 'Enter the age at consent, in completed years.' })
    return z.NEVER
  }),
  sex: z.enum(SEXES, { error: 'Choose the sex, or “not stated”.' }),
  diagnosis: optionalText(200),
  painType: z
    .union([z.enum(PAIN_TYPES), z.literal('')])
    .optional()
    .transform(value => value || null),
  painDurationMonths: optionalWhole('Duration of pain'),
  level: optionalText(40),
  previousTreatment: optionalText(1000),
  plannedDayZero: optionalDate,
  rescreenOf: optionalText(32),
  confirm: confirmedQuestions,
})

/**
 * Where another value could not be read the use case is not reached; what it would refuse of these alone is then told
 * here, so that all comes at once.
 */
function besideUnread(field: 'ageAtConsent' | 'painDurationMonths') {
  const problemOf = (value: unknown) =>
    typeof value === 'number' ? checkRegistrationRange(field, value)[0] : undefined
  return {
    isRight: (facts: Record<string, unknown>) => problemOf(facts[field]) === undefined,
    options: {
      path: [field],
      error: ({ input }: { input?: unknown }) => problemOf((input as Record<string, unknown>)[field])?.text,
      when: ({ issues }: { issues: readonly { readonly path?: PropertyKey[] | undefined }[] }) =>
        issues.length > 0 && issues.every(({ path }) => path?.[0] !== field),
    },
  }
}
const age = besideUnread('ageAtConsent')
const painDuration = besideUnread('painDurationMonths')
export const RegisterParticipant = RegistrationFields.refine(age.isRight, age.options).refine(
  painDuration.isRight,
  painDuration.options,
)
export type RegisterParticipantInput = z.output<typeof RegisterParticipant>

export const ChangePlannedDayZero = z
  .object({
    study: requiredText('The study is missing. Open the form again.'),
    number: requiredText('The participant is missing. Open the form again.'),
    version: recordVersion,
    overVersion: recordVersion.optional(),
    plannedDayZero: optionalDate,
    confirm: confirmedQuestions,
    ...ReasonParts,
  })
  .transform(({ overVersion, reason, reasonText, ...rest }) => ({
    ...rest,
    version: overVersion ?? rest.version,
    reason: joinReason({ reason, reasonText }),
  }))
export type ChangePlannedDayZeroInput = z.output<typeof ChangePlannedDayZero>

/** The list's address. What cannot be read is taken as not given: an address is never an error. */
export const ParticipantList = z.object({
  q: z.string().trim().max(40).catch(''),
  site: z.string().max(32).catch(''),
  status: z.enum(PARTICIPANT_STATUSES).nullable().catch(null),
  overdue: z.preprocess(value => value === '1', z.boolean()),
  sort: z.enum(PARTICIPANT_SORTS).catch('number'),
  dir: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
export type ParticipantListInput = z.output<typeof ParticipantList>
