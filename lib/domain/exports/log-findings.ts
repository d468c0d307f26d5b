import { deriveTreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { ExportColumn } from '@/lib/domain/exports/export-table'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { codesOf, textOf } from '@/lib/domain/logs/answer-values'
import type { LogCode } from '@/lib/domain/logs/log'
import { readSpan } from '@/lib/domain/logs/partial-days'
import {
  deriveRescue,
  deriveRescuePerson,
  deriveRescueRule,
  readIntervention,
} from '@/lib/domain/outcomes/rescue'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** Columns of a log that follow from its entries and are typed by nobody. */
interface LogFindings {
  columns(scope: ExportScope): readonly ExportColumn[]
  cells(answers: Answers, subject: ExportSubject, scope: ExportScope): readonly Cell[]
  /** The entry as it stood at a data cut: without what its dates say happened later. Not given: as it is. */
  atCut?(answers: Answers, dataCut: CalendarDate): Answers
}

/** What is derived of an entry, by log. Example: `LOG_FINDINGS.interventions?.columns(scope)[0]?.variable` → `rescue`. */
export const LOG_FINDINGS: Readonly<Partial<Record<LogCode, LogFindings>>> = {
  adverseEvents: {
    columns: scope => [
      {
        variable: 'treatment_emergent',
        label: 'Began on or after the first study procedure',
        type: 'code',
        codes: 'yes|no|unknown',
        derivation: scope.armsShown
          ? 'Harvest or dose, whichever came first; a partial onset that holds its day counts as after it'
          : 'Empty in this export: it could tell the day of a harvest or dose, and so the arm',
      },
    ],
    cells: (answers, { firstProcedure }, { armsShown }) => [
      armsShown ? deriveTreatmentEmergence(textOf(answers, 'AESTDAT'), firstProcedure) : null,
    ],
    atCut: cutEvent,
  },
  deviations: {
    columns: () => [],
    cells: () => [],
    atCut: (answers, dataCut) =>
      isLater(answers, 'REPORTED_ON', dataCut)
        ? { ...without(answers, ['REPORTED_ON']), REPORTED: { value: false } }
        : answers,
  },
  interventions: {
    columns: scope => [
      {
        variable: 'rescue',
        label: 'Rescue by the rule of the protocol',
        type: 'boolean',
        codes: '1=yes|0=no',
        derivation: 'Kinds and the event after which they count are settings of the protocol',
      },
      {
        variable: 'rescue_day',
        label: 'Day from which it counts as a rescue',
        type: 'date',
        derivation: `Empty of a rescue: its date, or the event after which it counts, is not known${
          scope.armsShown
            ? ''
            : '; in this export of a partial date, too, whose day could tell that of a dose'
        }`,
      },
      {
        variable: 'rescue_day_flag',
        label: 'Day from which it counts as a rescue: the day is derived from a partial date',
        type: 'boolean',
        codes: '1=yes|0=no',
      },
    ],
    cells: (answers, { participant }, { protocol, armsShown }) => {
      const person = deriveRescuePerson(protocol, participant, participant.doses)
      const rescue = deriveRescue(readIntervention(answers), deriveRescueRule(protocol), person)
      if (rescue === 'no') return [false, null, null]
      if (rescue.day === null || (rescue.isEstimated && !armsShown)) return [true, null, null]
      return [true, rescue.day, rescue.isEstimated]
    },
  },
}

/** An event that ended, or was fatal, after the cut had no such outcome yet, and nobody had died of it. */
function cutEvent(answers: Answers, dataCut: CalendarDate): Answers {
  const isDeathLater = isLater(answers, 'DTHDAT', dataCut)
  if (!isDeathLater && !isLater(answers, 'AEENDAT', dataCut)) return answers
  const standing = without(answers, ['AEOUT', ...(isDeathLater ? ['DTHDAT'] : [])])
  if (!isDeathLater) return standing
  const criteria = codesOf(answers, 'AESERCRIT').filter(code => code !== 'death')
  const alive = without(
    standing,
    textOf(answers, 'AETOXGR') === '5' ? ['AETOXGR', 'AESERCRIT'] : ['AESERCRIT'],
  )
  return criteria.length === 0 ? alive : { ...alive, AESERCRIT: { value: criteria } }
}

/** Even the earliest day that the date allows is after the cut. */
function isLater(answers: Answers, field: string, dataCut: CalendarDate): boolean {
  const span = readSpan(textOf(answers, field))
  return span !== null && span.first > dataCut
}

function without(answers: Answers, fields: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([code]) => !fields.includes(code)))
}
