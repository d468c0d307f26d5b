import { operatorContext } from '@/lib/server/context'
import { listParticipants } from '@/lib/server/participant-list'
import { findNextVisit } from '@/lib/server/worklist'
import { type Figure, figureOf, medianTime } from './measure'
import { makeLargeStudy } from './studies'

const VISITS = 6

/** The first page of the participants' list at 10,000 against 100. */
export function benchParticipants(): Figure {
  const [value, floor] = [timeList(10_000), timeList(100)]
  return figureOf('participants page, 10,000 against 100', { value, floor, goal: 1.2, unit: 'ms' })
}

function timeList(participants: number): number {
  const large = makeLargeStudy(participants, VISITS)
  const ctx = operatorContext(large.db)
  const query = {
    q: '',
    site: '',
    status: null,
    overdue: false,
    sort: 'number',
    dir: 'asc',
    page: 1,
  } as const
  const spent = medianTime(15, () => {
    const page = listParticipants(ctx, large.study, query)
    if (!page.ok || page.value.total !== participants) throw new Error('the list is not whole')
  })
  large.remove()
  return spent
}

/**
 * Finding the next visit after a save, which the person waits for, where 200 of 10,000 participants have one due against
 * 200 of 200: what is long done must not count. Every visit was booked and kept.
 */
export function benchNextVisit(): Figure {
  const [value, floor] = [timeNextVisit(10_000, 50), timeNextVisit(200, 1)]
  return figureOf('next visit, 10,000 participants against 200', { value, floor, goal: 6, unit: 'ms' })
}

/** `dueEvery`: one in this many has the last visit due. */
function timeNextVisit(participants: number, dueEvery: number): number {
  const large = makeLargeStudy(participants, VISITS)
  large.sqlite.exec(`
    INSERT INTO log_entries (participant_id, log, answers, confirmations)
      SELECT participant_id, 'appointments', json_object(
        'VISIT', json_object('value', code), 'DATE', json_object('value', visit_date),
        'TIME', json_object('value', '10:00'), 'MODE', json_object('value', 'clinic'),
        'STATUS', json_object('value', 'kept')), '{}' FROM visits;
    UPDATE scheduled_visits SET progress = 'complete';
    UPDATE scheduled_visits SET progress = 'untouched'
      WHERE position = ${VISITS - 1} AND participant_id % ${dueEvery} = 0;
    ANALYZE`)
  const ctx = operatorContext(large.db)
  const after = { study: large.study, number: 'MEL-00050', visit: `M${VISITS - 1}`, site: null }
  const spent = medianTime(15, () => {
    const next = findNextVisit(ctx, after)
    if (!next.ok || next.value === null) throw new Error('there is no next visit')
  })
  large.remove()
  return spent
}
