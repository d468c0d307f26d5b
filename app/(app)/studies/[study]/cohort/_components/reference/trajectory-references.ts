import { keepWithin } from '@/app/_ui/charts/reference-marks'
import type { TrajectoryReference } from '@/app/_ui/charts/trajectory-chart-data'
import type { CohortView } from '../cohort-view'
import { placeMonth } from '../response/visit-times'
import { type DrawnReference, listChosenReferences, lookOf, nameShort } from './chosen-references'

/** A published course as it lies over the trajectories of one parameter. */
export interface DrawnCourse extends DrawnReference {
  readonly line: TrajectoryReference
}

/**
 * The published courses of a parameter on the study's time axis: the baseline at the study's first visit drawn, the
 * others at their months, as far as time is drawn; an arm without a point in it is left out. A trial that counts from another day than its baseline is not joined across.
 */
export function listDrawnCourses(
  view: CohortView,
  parameter: string,
  times: readonly number[],
): DrawnCourse[] {
  const baselineTime = times[0] ?? 0

  return listChosenReferences(view).flatMap(trial =>
    trial.courses
      .filter(course => course.parameter === parameter)
      .flatMap(({ arm, citation, baseline, points }): DrawnCourse[] => {
        const drawn = { trial, arm, citation }
        const after = points.map(({ month, mean }) => ({ time: placeMonth(view, month), mean }))
        const inTime = keepWithin([{ time: baselineTime, mean: baseline.mean }, ...after], times)
        if (inTime.length === 0) return []
        const isFirstApart = trial.monthsFrom !== null
        return [
          {
            ...drawn,
            line: { label: nameShort(drawn), look: lookOf(drawn), points: inTime, isFirstApart },
          },
        ]
      }),
  )
}
