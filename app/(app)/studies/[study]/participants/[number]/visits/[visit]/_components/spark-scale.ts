/**
 * Places of a day and of a value in a line of 74 × 24: days from the first to the last, values on the full scale of the
 * measure. A single day stands at the end.
 */
export function placeOnScale(
  firstDay: number,
  lastDay: number,
  min: number,
  max: number,
): readonly [x: (day: number) => number, y: (value: number) => number] {
  const days = lastDay - firstDay
  return [
    day => 4 + (days === 0 ? 62 : (62 * (day - firstDay)) / days),
    value => 20 - (16 * (value - min)) / (max - min),
  ]
}
