import type { Parameter } from '@/lib/domain/instruments/instrument'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import {
  day,
  makeParticipant,
  makeProtocol,
  makeScheduled,
  makeScore,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { type AnalysisView, DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import { viewFrom } from '../../__fixtures__/cohort-view'
import type { CohortView } from '../../cohort-view'

const INSTRUMENTS = [
  'nprs odi dass21 tolerance work analgesics eq5d3l eq5d5l mri',
  'nprs odi dass21 tolerance work analgesics eq5d3l eq5d5l pgic',
  'nprs odi dass21 tolerance work analgesics eq5d3l eq5d5l mri pgic satisfaction',
].map(codes => codes.split(' '))
const VISITS = [
  { code: 'BL', name: 'Baseline', months: 0, date: '2024-01-15' },
  { code: 'M6', name: '6 months', months: 6, date: '2024-08-01' },
  { code: 'M12', name: '12 months after treatment', months: 12, date: '2025-02-01' },
]

/** A repeatable value on the scale, without randomness; every seventh is missing. */
function makeValue({ kind, min, max, levels }: Parameter, index: number, visit: number): number | null {
  const seed = index * 7 + visit * 3 + (index % 5)
  if (seed % 7 === 6 && visit > 0) return null
  if (levels) return levels[seed % levels.length]?.value ?? null
  if (kind === 'profile') return min
  if (kind === 'duration') return seed % 6 === 5 ? UNLIMITED_RANK : (seed % 12) * 15
  return min + ((seed % 11) / 10) * (Math.min(max, 200) - min)
}

/** A study with nearly every kind of score at three visits, and so many participants and arms. */
export function instrumentsView(n: number, arms: number, changes: Partial<AnalysisView> = {}): CohortView {
  const protocol = makeProtocol({
    arms: Array.from({ length: arms }, (_, arm) => ({
      code: ['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH'][arm] ?? '',
      name: ['Pain reprocessing therapy', 'Placebo', 'Usual care', 'Fourth arm'][arm] ?? '',
      ratio: 1,
    })),
    visits: VISITS.map(({ code, name, months }, index) => ({
      code,
      name,
      target: { value: months, unit: 'months' as const },
      window: { beforeDays: 0, afterDays: 0 },
      instruments: INSTRUMENTS[index] ?? [],
      forms: [],
    })),
    settings: {
      pgic: { best: 7 },
      eq5d3l: { valueSet: 'UK-Dolan-1997' },
      mri: { scale: 'modifiedPfirrmann' },
    },
  })
  const people = Array.from({ length: n }, (_, index) =>
    makeParticipant(index + 1, {
      arm: protocol.arms[index % arms]?.code ?? null,
      subject: `MEL-${String(index + 1).padStart(3, '0')}`,
    }),
  )
  const scores = deriveReportedParameters(protocol, findInstrument).flatMap(({ parameter, visits }) =>
    visits.flatMap(visit => {
      const at = VISITS.findIndex(({ code }) => code === visit)
      const date = day(VISITS[at]?.date ?? '')
      return people.map((_, index) =>
        makeScore(index + 1, visit, makeValue(parameter, index, at), { parameter: parameter.code, date }),
      )
    }),
  )
  const schedule = people.flatMap(({ participant }) =>
    VISITS.map(({ code, date }) => makeScheduled(participant, code, date, date)),
  )
  return viewFrom(
    protocol,
    { participants: people, schedule, scores, missedVisits: [] },
    { view: { ...DEFAULT_ANALYSIS_VIEW, ...changes } },
  )
}
