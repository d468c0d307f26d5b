import type { CohortData, CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { deriveFollowUpEnd } from '@/lib/domain/protocol/follow-up'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { spanOf } from '@/lib/domain/shared/partial-date'

/**
 * The cohort as it stood at the end of the day of a data cut: scores, doses, rescues, enrolments and
 * allocations dated after it are not there yet, and an end of follow-up after it is still to come, as is a
 * return after it from an earlier end. The cut's own day belongs to it.
 * Dates are days of the study, so no time zone enters. What has no date is kept. A day zero after the cut means
 * that its event (enrolment, randomisation or first treatment) has not happened. Scheduled visits stay:
 * whether one is due at the cut is decided by `deriveDueState`.
 * Source: clinical.md §3, data cut and knowledge.
 * Example: a score dated 2024-03-02 is dropped at the cut 2024-03-01.
 */
export function applyDataCut(
  data: CohortData,
  dataCut: CalendarDate,
  dayZero: Protocol['dayZero'],
): CohortData {
  return {
    participants: data.participants.map(participant => cutParticipant(participant, dataCut, dayZero)),
    schedule: data.schedule,
    scores: data.scores.filter(score => !isAfter(score.date, dataCut)),
    missedVisits: data.missedVisits,
  }
}

function cutParticipant(
  participant: CohortParticipant,
  dataCut: CalendarDate,
  dayZero: Protocol['dayZero'],
): CohortParticipant {
  const toCome = isAfter(participant.dayZero, dataCut)
  const notEnrolled = isAfter(participant.enrolledOn, dataCut) || (toCome && dayZero === 'enrolment')
  const notAllocated =
    notEnrolled || isAfter(participant.allocatedOn, dataCut) || (toCome && dayZero === 'randomisation')
  return {
    ...participant,
    enrolled: participant.enrolled && !notEnrolled,
    arm: notAllocated ? null : participant.arm,
    allocated: participant.allocated && !notAllocated,
    dayZero: toCome ? null : participant.dayZero,
    doses: participant.doses.filter(dose => !isAfter(dose.date, dataCut)),
    ...(participant.crossovers
      ? { crossovers: participant.crossovers.filter(({ date }) => !isAfter(date, dataCut)) }
      : {}),
    rescues: participant.rescues.filter(rescue => !isAfter(rescue.day, dataCut)),
    followUpEnd: cutFollowUpEnd(participant, dataCut),
  }
}

/** From what was recorded up to the cut; an end of which only the month or year is known is capped by the cut. */
function cutFollowUpEnd(
  { followUpEnd, leaving }: CohortParticipant,
  dataCut: CalendarDate,
): CohortParticipant['followUpEnd'] {
  if (!leaving) return isAfter(followUpEnd?.date ?? null, dataCut) ? null : followUpEnd
  const departures = leaving.departures.filter(({ date }) => spanOf(date).first <= dataCut)
  const end = deriveFollowUpEnd(
    departures,
    leaving.consentDates.filter(date => date <= dataCut),
  )
  return end && { ...end, date: isAfter(end.date, dataCut) ? dataCut : end.date }
}

function isAfter(date: CalendarDate | null, dataCut: CalendarDate): boolean {
  return date !== null && date > dataCut
}
