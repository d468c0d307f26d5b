import { readCohort } from '@/lib/server/cohort'
import { operatorContext } from '@/lib/server/context'
import { listParticipants } from '@/lib/server/participant-list'
import { type Figure, figureOf, medianTime } from './measure'
import { makeLargeStudy } from './studies'

const VISITS = 6

/** The whole cohort page of 1,000 participants and 6 visits against reading the score rows that it uses. */
export function benchCohort(participants = 1000): Figure {
  const large = makeLargeStudy(participants, VISITS)
  const ctx = operatorContext(large.db)
  const read = large.sqlite.prepare(
    'SELECT s.participant_id, s.visit, s.parameter, s.value, s.missing_reason, a.assessment_date FROM scores s JOIN assessments a ON a.id = s.assessment_id WHERE a.voided_at IS NULL',
  )
  const floor = medianTime(7, () => read.all())
  const value = medianTime(7, () => {
    const cohort = readCohort(ctx, { study: large.study })
    if (!cohort.ok || cohort.value.inSet !== participants) throw new Error('the cohort is not whole')
  })
  large.remove()
  return figureOf(`cohort page, ${participants} participants`, { value, floor, goal: 3, unit: 'ms' })
}

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
