import { type DescribedInstrument, describeInstrument } from '@/lib/domain/instruments/describe-instrument'
import { INSTRUMENTS, listProtocolInstruments } from '@/lib/domain/instruments/registry'
import { type ListedSetting, listRulesInForce } from '@/lib/domain/instruments/settings-in-force'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { openStudy } from './studies'

export interface StudyInstruments {
  readonly code: string
  readonly synthetic: boolean
  /** Those of the study, with the visits that ask for them. */
  readonly used: readonly (DescribedInstrument & { readonly visits: readonly string[] })[]
  /** The others that the product knows, under their defaults. */
  readonly others: readonly DescribedInstrument[]
  readonly settings: readonly ListedSetting[]
}

/** How each instrument is entered and scored under the study's settings, for everybody who has a part in the study. */
export function readInstruments(ctx: Ctx, input: { study: string }): Result<StudyInstruments, AppError> {
  const opened = openStudy(ctx, input.study, 'readStudy')
  if (!opened.ok) return opened
  const { study, protocol } = opened.value
  const used = listProtocolInstruments(protocol)
  const name = (code: string) => used.find(instrument => instrument.code === code)?.name ?? code
  return ok({
    code: study.code,
    synthetic: study.synthetic,
    used: used.map(instrument => {
      const visits = protocol.visits.filter(visit => visit.instruments.includes(instrument.code))
      return {
        ...describeInstrument(instrument, protocol.settings),
        visits: visits.map(({ code }) => code),
      }
    }),
    others: INSTRUMENTS.filter(instrument => !used.includes(instrument)).map(instrument =>
      describeInstrument(instrument, {}),
    ),
    settings: listRulesInForce(protocol).flatMap(({ instrument, ruleVersion, settings }) =>
      settings.map(setting => ({ ...setting, instrument: name(instrument), ruleVersion })),
    ),
  })
}
