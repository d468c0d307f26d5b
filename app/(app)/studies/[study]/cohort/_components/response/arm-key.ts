import { armClass, drawLine, drawMarker, type Mark } from '@/app/_ui/charts/drawing'
import type { CohortView } from '../cohort-view'
import type { KeyEntry } from '../report-figure'

/** Arms as they are drawn: by colour, dash and marker; of one arm only what its marks are. */
export function keyArms(view: CohortView, look: 'curve' | 'points', what: string): KeyEntry[] {
  const arms = view.summary.parameters[0]?.arms ?? []
  return arms.map(({ arm, label, inSet }, index) => {
    const marker = drawMarker(index, 14, 6, 3.5)
    const marks: Mark[] =
      look === 'curve'
        ? [
            { kind: 'rect', x: 0, y: 0, width: 28, height: 12, className: `band ${armClass(index)}` },
            drawLine(`mean ${armClass(index)}`, 0, 6, 28, 6),
            marker,
          ]
        : [
            drawLine(`join ${armClass(index)}`, 0, 6, 28, 6),
            drawLine(`whisker ${armClass(index)}`, 14, 0, 14, 12),
            marker,
          ]
    return { marks, text: arms.length === 1 ? what : `${arm} ${label}, n = ${inSet}: ${what}` }
  })
}
