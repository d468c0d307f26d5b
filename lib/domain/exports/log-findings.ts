import { deriveTreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { ExportColumn } from '@/lib/domain/exports/export-table'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { LogCode } from '@/lib/domain/logs/log'
import { deriveRescue, deriveRescueRule, readIntervention } from '@/lib/domain/outcomes/rescue'

/** Columns of a log that follow from its entries and are typed by nobody. */
interface LogFindings {
  readonly columns: readonly ExportColumn[]
  cells(answers: Answers, subject: ExportSubject, scope: ExportScope): readonly Cell[]
}

/** What is derived of an entry, by log. Example: `LOG_FINDINGS.interventions?.columns[0]?.variable` → `rescue`. */
export const LOG_FINDINGS: Readonly<Partial<Record<LogCode, LogFindings>>> = {
  adverseEvents: {
    columns: [
      {
        variable: 'treatment_emergent',
        label: 'Began on or after the first study procedure',
        type: 'code',
        codes: 'yes|no|unknown',
        derivation:
          'Harvest or dose, whichever came first; a partial onset that holds its day counts as after it',
      },
    ],
    cells: (answers, { firstProcedure }) => [
      deriveTreatmentEmergence(textOf(answers, 'AESTDAT'), firstProcedure),
    ],
  },
  interventions: {
    columns: [
      {
        variable: 'rescue',
        label: 'Rescue by the rule of the protocol',
        type: 'boolean',
        codes: '1=yes|0=no',
        derivation: 'Kinds and the event after which they count are settings of the protocol',
      },
    ],
    cells: (answers, { participant }, { protocol }) => {
      const [firstDose = null] = participant.doses.flatMap(({ date }) => date ?? []).toSorted()
      const person = { dayZero: participant.dayZero, firstDose }
      return [deriveRescue(readIntervention(answers), deriveRescueRule(protocol), person) !== 'no']
    },
  },
}
