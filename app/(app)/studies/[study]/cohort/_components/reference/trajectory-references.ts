import type { TrajectoryReference } from '@/app/_ui/charts/trajectory-chart-data'
import type { CohortView } from '../cohort-view'
import { placeMonth } from '../response/visit-times'
import { type DrawnReference, listChosenReferences, nameShort } from './chosen-references'

/** A published course as it lies over the trajectories of one parameter. */
export interface DrawnCourse extends DrawnReference {
  readonly line: TrajectoryReference
}

/**
 * The published courses of a parameter on the study's time axis: the baseline at the study's first visit drawn, the
 * others at their months. A trial that counts from another day than its baseline is not joined across.
 */
export function listDrawnCourses(view: CohortView, parameter: string, baselineTime: number): DrawnCourse[] {
  return listChosenReferences(view).flatMap(trial =>
    trial.courses
      .filter(course => course.parameter === parameter)
      .map(({ arm, citation, baseline, points }) => {
        const drawn = { trial, arm, citation }
        const after = points.map(({ month, mean }) => ({ time: placeMonth(view, month), mean }))
        return {
          ...drawn,
          line: {
            label: nameShort(drawn),
            points: [{ time: baselineTime, mean: baseline.mean }, ...after],
            isFirstApart: trial.monthsFrom !== null,
          },
        }
      }),
  )
}
