import { loadCohort } from '@/db/queries/outcomes'
import { deriveAnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { applyDataCut } from '@/lib/domain/outcomes/data-cut'
import { hasClosedArms } from '@/lib/domain/outcomes/reported-arms'
import { hasSmallArm, type PooledReason } from '@/lib/domain/outcomes/small-groups'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { KnownState } from './as-of'
import type { Ctx } from './context'
import { concealArms } from './masked-arms'
import type { OpenStudy } from './studies'

/** The facts of one result at a state of knowledge, and as whom they are read. */
interface CohortFacts {
  /** The study as this one result opens it: where it is pooled for this reader, without results by arm. */
  readonly open: OpenStudy
  readonly protocol: Protocol
  readonly data: CohortData
  readonly armsReason?: PooledReason
}

export interface CohortMoment {
  readonly dataCut: CalendarDate
  readonly today: CalendarDate
  /** The result is set beside that of another entry. */
  readonly isCompared?: boolean
}

/**
 * Everything from which results are computed, for this reader. To whom a participant's arm is closed, two results by arm
 * that differ by one participant tell it: they are by arm only as they stand now, and only while every arm has enough.
 */
export function readCohortFacts(ctx: Ctx, open: OpenStudy, known: KnownState, at: CohortMoment): CohortFacts {
  if (!hasClosedArms(open.protocol, open.view)) return load(ctx, open, known)
  if (known.isPast || at.isCompared || at.dataCut !== at.today)
    return { ...load(ctx, closeArms(open), known), armsReason: 'notAsOfNow' }
  const byArm = load(ctx, open, known)
  return isSmall(byArm, at.dataCut) ? { ...load(ctx, closeArms(open), known), armsReason: 'smallArm' } : byArm
}

function closeArms(open: OpenStudy): OpenStudy {
  const view = { ...open.view, resultsByArm: false, armsNamed: false }
  return { ...open, view, openedByLock: false, openedBy: null }
}

function load(ctx: Ctx, open: OpenStudy, { db, protocol }: KnownState): CohortFacts {
  const data = loadCohort(db, { studyId: open.study.id, protocol, view: open.view })
  return { open, ...concealArms(ctx.db, open, { protocol, data }) }
}

function isSmall({ protocol, data }: CohortFacts, dataCut: CalendarDate): boolean {
  const people = { ...data, schedule: [], scores: [], missedVisits: [] }
  const { participants } = applyDataCut(people, dataCut, protocol.dayZero)
  return hasSmallArm(deriveAnalysisSet(protocol, participants).members)
}
