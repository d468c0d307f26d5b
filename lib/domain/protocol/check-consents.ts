import type { Protocol } from '@/lib/domain/protocol/protocol'
import { describeError, type ProtocolError, suggestName } from '@/lib/domain/protocol/protocol-error'

/**
 * Refuses consents that could not be asked for: a version that takes effect on a consent version that is not listed, the
 * first consent version as a re-consent, and a first protocol version that waits for one.
 * Errors: one for each finding. Source: protocols/README.md, `consents`, `versions`.
 * Example: `onConsent: '3.0'` with consents 1.0 and 2.0 → error at `versions[1].onConsent`.
 */
export function checkConsents({
  consents,
  versions,
}: Pick<Protocol, 'consents' | 'versions'>): readonly ProtocolError[] {
  const known = consents.map(consent => consent.version)
  const named = versions.flatMap(({ onConsent }, index) => {
    if (onConsent === undefined) return []
    const at = `versions[${index}].onConsent`
    if (!known.includes(onConsent)) {
      const text = `No consent has this version. ${suggestName(onConsent, known)}`.trim()
      return [describeError(at, onConsent, text)]
    }
    const text = 'The first version takes effect with enrolment and waits for no re-consent. Leave it out.'
    return index === 0 ? [describeError(at, onConsent, text)] : []
  })
  if (!consents[0]?.requiresReconsent) return named
  const text = 'The first consent version follows none, so nobody is asked again. Leave it out.'
  return [...named, describeError('consents[0].requiresReconsent', true, text)]
}
