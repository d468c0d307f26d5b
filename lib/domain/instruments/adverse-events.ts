import type { Instrument } from '@/lib/domain/instruments/instrument'

/**
 * The adverse-event contact of a visit: whether there was any new or changed event since the last contact (`AE_ANY`,
 * 0 no / 1 yes). It yields no parameter, since events are recorded one by one in the adverse-event log; a yes asks to
 * complete it. Missing rule: an unanswered contact is not a contact without events.
 * Example: `adverseEvents.score({ AE_ANY: { value: 1 } }, {})` → `{}`.
 */
export const adverseEvents: Instrument = {
  code: 'adverseEvents',
  name: 'Adverse events',
  version: null,
  ruleVersion: 'adverse-events-1',
  source: 'Asked at each contact; events are recorded one by one',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: () => 'since the last contact',
  items: () => [
    {
      code: 'AE_ANY',
      label: 'Any new or changed adverse event',
      type: 'choice',
      min: 0,
      max: 1,
      choices: [
        { value: 0, label: 'No' },
        { value: 1, label: 'Yes: complete the adverse-event log' },
      ],
      higherIs: 'neither',
    },
  ],
  total: () => null,
  parameters: () => [],
  score: () => ({}),
  scoring: () => 'Not scored: a yes asks to record each event in the adverse-event log.',
  missingRule: () => 'An unanswered contact is not a contact without events.',
  settingsInForce: () => [],
}
