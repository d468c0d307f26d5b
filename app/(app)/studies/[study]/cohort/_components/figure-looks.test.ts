import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { flatten } from '@/app/_ui/charts/__fixtures__/geometry'
import { TICK_LABEL } from '@/app/_ui/charts/axes'
import { formatSvgFile } from '@/app/_ui/charts/svg-file'
import { THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { CHECKED, viewOf } from './__fixtures__/cohort-view'
import { lookOf, readRules, readTokens } from './__fixtures__/looks'
import type { CohortView } from './cohort-view'
import { listNumberedFigures } from './numbered-figures'
import { instrumentsView } from './outcomes/__fixtures__/instruments-view'
import { PANEL_WIDTHS } from './report-figure'

const ui = join(import.meta.dirname, '../../../../../_ui')
const read = (name: string) => readFileSync(join(ui, name), 'utf8')
const light = readTokens(read('tokens.css'))
const page = readRules(light(read('charts.css')))
const [, style = ''] =
  /<style>(.*)<\/style>/.exec(
    formatSvgFile({ title: '', notes: [], key: [], panels: [], synthetic: true }),
  ) ?? []
const file = readRules(style)

/** More than are drawn one by one. */
const MANY = Array.from({ length: 300 }, (_, index) => [8, index % 9, (index * 3) % 9])
const VIEWS: readonly CohortView[] = [
  viewOf(CHECKED),
  viewOf(CHECKED, { changes: { arms: THREE_ARMS } }),
  viewOf(MANY),
  viewOf(MANY, { changes: { arms: THREE_ARMS } }),
  { ...viewOf(CHECKED), controls: { references: ['ASHAR2022', 'FSO794', 'RESPINE', 'MPC-P2'] } },
  instrumentsView(9, 1),
  instrumentsView(40, 4),
]

/** Element and classes of every mark that the figures draw, their legends included. */
function listLooks(): Map<string, readonly [tag: string, className: string]> {
  const marks = VIEWS.flatMap(listNumberedFigures).flatMap(({ panels, key }) => [
    ...key.flatMap(entry => entry.marks),
    ...panels.flatMap(panel => panel.draw(PANEL_WIDTHS[panel.size].wide).marks),
  ])
  return new Map(
    flatten(marks).map(({ kind, className }) => {
      const sorted = className.split(' ').filter(Boolean).toSorted().join(' ')
      return [`${kind} ${sorted}`, [kind, sorted] as const]
    }),
  )
}

const LOOKS = [...listLooks()]

it.each(LOOKS)('a mark looks in a file as it does on the light page: %s', (_, [tag, className]) => {
  const names = className.split(' ').filter(each => each !== '' && each !== TICK_LABEL)
  for (const rules of [page, file])
    for (const name of names)
      expect(
        rules.some(rule => rule.classes.includes(name)),
        name,
      ).toBe(true)
  expect(lookOf(file, tag, className)).toEqual(lookOf(page, tag, className))
})

it('many kinds of marks are compared', () => {
  expect(LOOKS.length).toBeGreaterThan(40)
})
