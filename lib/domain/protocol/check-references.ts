import { INSTRUMENTS } from '@/lib/domain/instruments/registry'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { describeError, type ProtocolError, suggestName } from '@/lib/domain/protocol/protocol-error'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'

/**
 * Refuses names that point nowhere and lists whose entries cannot be told apart: unknown instruments, forms, visits
 * and versions, codes given twice (case does not count, as in SAS), versions not in order of their dates.
 * Errors: one for each finding. Source: protocols/README.md.
 * Example: `instruments: ['nprss']` → error at `visits[0].instruments[0]` that suggests `nprs`.
 */
export function checkReferences(protocol: Protocol): readonly ProtocolError[] {
  const { arms, treatments, visits, responders, forms, consents, versions, eligibility } = protocol
  const codes = (list: readonly { code: string }[]) => list.map(entry => entry.code)
  return [
    ...checkUnique('arms', 'code', codes(arms)),
    ...checkUnique('treatments', 'code', codes(treatments)),
    ...checkUnique('visits', 'code', codes(visits)),
    ...checkUnique('responders', 'code', codes(responders)),
    ...checkUnique('forms', 'code', codes(forms)),
    ...checkUnique('eligibility.inclusion', 'code', codes(eligibility.inclusion)),
    ...checkUnique(
      'eligibility.exclusion',
      'code',
      codes(eligibility.exclusion),
      codes(eligibility.inclusion),
    ),
    ...checkUnique(
      'consents',
      'version',
      consents.map(consent => consent.version),
    ),
    ...checkVersions(versions),
    ...visits.flatMap((_, index) => checkVisit(protocol, index)),
    ...checkBaseline(protocol),
    ...(protocol.doubleEntry?.forms ?? []).flatMap((code, index) =>
      checkKnown(
        code,
        [...instrumentCodes(), ...codes(forms)],
        `doubleEntry.forms[${index}]`,
        'No instrument and no form of the study has this code.',
      ),
    ),
    ...checkTreatments(protocol),
    ...treatments.flatMap(({ arms: planned = [] }, place) =>
      planned.flatMap((arm, index) =>
        checkKnown(
          arm,
          codes(arms),
          `treatments[${place}].arms[${index}]`,
          'No arm of the study has this code.',
        ),
      ),
    ),
    ...Object.entries(protocol.settings).flatMap(([code, value]) =>
      checkKnown(code, instrumentCodes(), `settings.${code}`, 'No instrument has this code.', value),
    ),
  ]
}

function instrumentCodes(): readonly string[] {
  return INSTRUMENTS.map(instrument => instrument.code)
}

function checkUnique(
  path: string,
  key: string,
  codes: readonly string[],
  taken: readonly string[] = [],
): ProtocolError[] {
  return codes.flatMap((code, index) => {
    const isSame = (other: string) => other.toLowerCase() === code.toLowerCase()
    if (!taken.some(isSame) && !codes.slice(0, index).some(isSame)) return []
    return [
      describeError(`${path}[${index}].${key}`, code, 'Given twice. Give each its own; case does not count.'),
    ]
  })
}

function checkKnown(
  code: string,
  known: readonly string[],
  path: string,
  text: string,
  value: unknown = code,
): ProtocolError[] {
  return known.includes(code)
    ? []
    : [describeError(path, value, `${text} ${suggestName(code, known)}`.trim())]
}

function checkVersions(versions: Protocol['versions']): ProtocolError[] {
  const outOfOrder = versions.flatMap((version, index) => {
    const before = versions[index - 1]
    if (!before || before.effectiveFrom <= version.effectiveFrom) return []
    const text = `Earlier than version ${before.number} (${before.effectiveFrom}). List versions oldest first.`
    return [describeError(`versions[${index}].effectiveFrom`, version.effectiveFrom, text)]
  })
  const numbers = versions.map(version => version.number)
  return [...checkUnique('versions', 'number', numbers), ...outOfOrder]
}

function checkVisit(protocol: Protocol, index: number): ProtocolError[] {
  const visit = protocol.visits[index]
  if (!visit) return []
  const path = `visits[${index}]`
  const forms = protocol.forms.map(form => form.code)
  const versions = protocol.versions.map(version => version.number)
  const asked = (key: 'instruments' | 'forms', known: readonly string[], text: string) =>
    visit[key].flatMap((code, position) => {
      const at = `${path}.${key}[${position}]`
      if (!visit[key].slice(0, position).includes(code)) return checkKnown(code, known, at, text)
      return [describeError(at, code, 'Listed twice at this visit. Leave one out.')]
    })
  return [
    ...(isUnscheduledCode(visit.code)
      ? [
          describeError(
            `${path}.code`,
            visit.code,
            'Codes that begin with UNS- are given to unscheduled visits. Choose another.',
          ),
        ]
      : []),
    ...asked('instruments', instrumentCodes(), 'No instrument has this code.'),
    ...asked('forms', forms, 'No form of this study has this code.'),
    ...(visit.sinceVersion === undefined
      ? []
      : checkKnown(visit.sinceVersion, versions, `${path}.sinceVersion`, 'No version has this number.')),
  ]
}

function checkBaseline({ baseline, visits, versions }: Protocol): ProtocolError[] {
  const codes = visits.map(visit => visit.code)
  const named = baseline.visits.flatMap((code, index) => {
    const at = `baseline.visits[${index}]`
    const visit = visits.find(candidate => candidate.code === code)
    if (!visit) return checkKnown(code, codes, at, 'No visit has this code.')
    if (visit.target.value > 0) {
      return [describeError(at, code, 'This visit lies after day zero. Name one on or before it.')]
    }
    if (visit.sinceVersion === undefined || visit.sinceVersion === versions[0]?.number) return []
    return [
      describeError(at, code, 'An amendment adds this visit. Name one that exists from the first version.'),
    ]
  })
  if (baseline.rule === 'mean' || baseline.visits.length === 1) return named
  const text = 'The rule "single" takes one visit. Name one, or use the rule "mean".'
  return [...named, describeError('baseline.visits', baseline.visits, text)]
}

function checkTreatments({ treatments, dayZero }: Protocol): ProtocolError[] {
  if (dayZero === 'firstTreatment' && treatments.length === 0) {
    const text =
      'Visits count from the first treatment, but no treatment is listed. List it, or choose another event.'
    return [describeError('dayZero', dayZero, text)]
  }
  const first = treatments[0]
  const only = first?.optional && dayZero === 'firstTreatment' && treatments.every(plan => plan.optional)
  return [
    ...(only
      ? [
          describeError(
            'treatments[0].optional',
            true,
            'Day zero is the first treatment: one cannot be optional.',
          ),
        ]
      : []),
    ...(first?.notBefore
      ? [
          describeError(
            'treatments[0].notBefore',
            first.notBefore,
            'It counts from the first treatment. Leave it out here.',
          ),
        ]
      : []),
  ]
}
