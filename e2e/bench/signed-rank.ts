import { computeSignedRank } from '@/lib/domain/statistics/signed-rank'
import { type Figure, figureOf, medianTime } from './measure'

const CHANGES = 50
const MOST_MILLISECONDS = 10

/** The exact test at its largest: fifty changes, none zero, with ties, so that ranks are halves. */
export function benchSignedRank(): Figure {
  const changes = Array.from(
    { length: CHANGES },
    (_, index) => (index % 3 === 0 ? 1 : -1) * (1 + (index >> 1)),
  )
  const value = medianTime(101, () => {
    const { method, nNonZero } = computeSignedRank(changes)
    if (nNonZero !== CHANGES || method.value !== 'exact') {
      throw new Error('the test was not exact')
    }
  })
  return figureOf(`exact signed-rank test, n = ${CHANGES}, of 10 ms`, {
    value,
    floor: MOST_MILLISECONDS,
    goal: 1,
    unit: 'ms',
  })
}
