import type { RegisteredInstrument } from '@/lib/domain/instruments/instrument'

/**
 * Adverse events: a contact at which events are asked for; it yields no parameter. Not entered in this
 * version.
 */
export const adverseEvents: RegisteredInstrument = {
  code: 'adverseEvents',
  name: 'Adverse events',
  version: null,
  entered: false,
  source: 'Asked at each contact; events are recorded one by one',
  licence: 'Free to use',
  reservedCodes: [],
  parameters: () => [],
}
