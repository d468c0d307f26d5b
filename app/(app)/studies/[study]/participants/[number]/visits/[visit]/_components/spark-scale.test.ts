import { expect, it } from 'vitest'
import { placeOnScale } from './spark-scale'

it('visits stand by their day: a month of twelve lies at a twelfth of the way', () => {
  const [x, y] = placeOnScale(0, 360, 0, 10)
  expect([0, 30, 180, 360].map(x)).toEqual([4, 4 + 62 / 12, 35, 66])
  expect([0, 5, 10].map(y)).toEqual([20, 12, 4])
})

it('a single visit stands at the end', () => {
  expect(placeOnScale(30, 30, 0, 10)[0](30)).toBe(66)
})
