import { findInstrument } from '@/lib/domain/instruments/registry'
import { checkChecks } from '@/lib/domain/protocol/check-checks'
import { checkConsents } from '@/lib/domain/protocol/check-consents'
import { checkForms } from '@/lib/domain/protocol/check-forms'
import { checkReferences } from '@/lib/domain/protocol/check-references'
import { checkResponders } from '@/lib/domain/protocol/check-responders'
import { checkWindows } from '@/lib/domain/protocol/check-windows'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { ProtocolError } from '@/lib/domain/protocol/protocol-error'

/**
 * Everything that a protocol of the right shape can still have wrong; empty when it can be published.
 * Errors: all findings at once, references first; responder rules wait until every instrument is known.
 * Source: protocols/README.md, clinical.md §3. Example: both published example studies → `[]`.
 */
export function checkProtocol(protocol: Protocol): readonly ProtocolError[] {
  const areInstrumentsKnown = protocol.visits.every(visit =>
    visit.instruments.every(code => findInstrument(code) !== undefined),
  )
  return [
    ...checkReferences(protocol),
    ...checkConsents(protocol),
    ...checkForms(protocol),
    ...checkChecks(protocol),
    ...(areInstrumentsKnown ? checkResponders(protocol) : []),
    ...checkWindows(protocol),
  ]
}
