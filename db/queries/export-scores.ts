import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { assessments, scores, visits } from '@/db/schema/visits'
import type { ExportForm, ExportScore } from '@/lib/domain/exports/export-record'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** A form as a plain row: mapping hundreds of thousands of them would cost more than reading them. */
type FormRow = [
  id: number,
  participant: number,
  visit: string,
  form: string,
  visitDate: CalendarDate | null,
  ownDate: CalendarDate | null,
  beforeTreatment: number | null,
  location: string | null,
  laterality: string | null,
  repeat: number,
  mode: string | null,
  source: string | null,
  notDoneReason: string | null,
  answers: string | null,
]

interface ReadForm extends ExportForm {
  readonly id: number
  readonly participant: number
  readonly visitDate: CalendarDate | null
  readonly beforeTreatment: boolean
  readonly mode: string | null
  readonly source: string | null
}

/** Without items the answers stay empty: that a form was entered is all that the other files ask. */
export function listExportForms(db: Db | Tx, ids: readonly ParticipantId[], withItems: boolean): ReadForm[] {
  const rows = db
    .select({
      id: assessments.id,
      participant: visits.participantId,
      visit: visits.code,
      form: assessments.form,
      visitDate: visits.visitDate,
      // Null where it says nothing: each text costs.
      ownDate: sql`nullif(${assessments.assessmentDate}, ${visits.visitDate})`,
      beforeTreatment: assessments.beforeTreatment,
      location: sql`nullif(${assessments.location}, '')`,
      laterality: sql`nullif(${assessments.laterality}, '')`,
      repeat: assessments.repeat,
      mode: assessments.mode,
      source: assessments.source,
      notDoneReason: assessments.notDoneReason,
      answers: withItems ? assessments.answers : sql`NULL`,
    })
    .from(visits)
    .innerJoin(assessments, eq(assessments.visitId, visits.id))
    .where(
      and(inArray(visits.participantId, [...ids]), isNull(visits.voidedAt), isNull(assessments.voidedAt)),
    )
    .values() as FormRow[]
  return rows.map(row => ({
    id: row[0],
    participant: row[1],
    visit: row[2],
    form: row[3],
    visitDate: row[4],
    date: row[5] ?? row[4],
    beforeTreatment: row[6] === 1,
    location: row[7],
    laterality: row[8],
    repeat: row[9],
    mode: row[10],
    source: row[11],
    notDoneReason: row[12],
    answers: row[13] === null ? {} : (JSON.parse(row[13]) as Answers),
  }))
}

type ScoreRow = [
  assessment: number,
  participant: number,
  parameter: string,
  value: number | null,
  missingReason: string | null,
]

/** Scores of the forms given; those of voided forms find none, and are left out. */
export function listExportScores(
  db: Db | Tx,
  ids: readonly ParticipantId[],
  forms: readonly ReadForm[],
): (ExportScore & { readonly participant: number })[] {
  const formOf = new Map(forms.map(form => [form.id, form]))
  const rows = db
    .select({
      assessment: scores.assessmentId,
      participant: scores.participantId,
      parameter: scores.parameter,
      value: scores.value,
      missingReason: scores.missingReason,
    })
    .from(scores)
    .where(inArray(scores.participantId, [...ids]))
    .values() as ScoreRow[]
  return rows.flatMap(([assessment, participant, parameter, value, missingReason]) => {
    const form = formOf.get(assessment)
    if (!form) return []
    const { visit, date, visitDate, beforeTreatment, location, laterality, repeat, mode, source } = form
    const place = { visit, date, visitDate, beforeTreatment, location, laterality, repeat, mode, source }
    return [{ participant, parameter, value, missingReason, ...place }]
  })
}
