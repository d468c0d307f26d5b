import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, textsOf } from './__fixtures__/geometry'
import type { StoryChartData, StoryItem } from './story-chart-data'
import { layOutStory } from './story-layout'

const WIDTHS = [320, 520, 1000]

const item = (from: number, to: number, text: string, changes: Partial<StoryItem> = {}): StoryItem => ({
  ...{ from, to, text, mark: 'bar', isOpen: false },
  ...changes,
})

const LONG = 'Injection-site pain or swelling, grade 1'

const full = (count: number): StoryChartData => ({
  from: -40,
  to: 740,
  rules: [0, 190],
  rows: [
    {
      label: 'Visits',
      items: ['Baseline', '1 month', '3 months', '6 months', '9 months', '12 months', '24 months'].map(
        (name, index) => item([-14, 31, 90, 182, 275, 366, 735][index] ?? 0, 0, name, { mark: 'tick' }),
      ),
    },
    {
      label: 'Procedures',
      items: [
        item(-40, -40, 'Harvest', { mark: 'square' }),
        item(0, 0, 'First injection', { mark: 'dose' }),
        item(190, 190, 'Second injection', { mark: 'dose' }),
      ],
    },
    {
      label: 'Adverse events',
      items: Array.from({ length: count }, (_, index) =>
        item((index * 67) % 740, ((index * 67) % 740) + 10, LONG, { look: { shade: 3, isHatched: false } }),
      ),
    },
    { label: 'Other treatment', items: [] },
    {
      label: 'Medication, morphine equivalents (mg a day)',
      items: Array.from({ length: count }, (_, index) =>
        item(-900 + index * 80, 740, 'Other non-opioid analgesic', { isOpen: index % 2 === 0 }),
      ),
    },
  ],
  panels: [
    {
      label: 'Disability (ODI)',
      scale: '0 to 100 %',
      kind: 'line',
      min: 0,
      max: 100,
      points: Array.from({ length: count }, (_, index) => ({
        day: index * 60 - 14,
        value: (index * 37) % 101,
        text: '37.8',
      })),
    },
    {
      label: 'Work capacity',
      scale: '',
      kind: 'steps',
      min: 0,
      max: 2,
      points: Array.from({ length: count }, (_, index) => ({
        day: index * 60 - 14,
        value: index % 3,
        text: ['Unable', 'Reduced duties or hours', 'Full'][index % 3] ?? '',
      })),
    },
  ],
})

describe('the story of a participant', () => {
  it.each([0, 1, 4, 12])('keeps every label inside and apart with %i of each', count => {
    for (const width of WIDTHS) {
      const drawing = layOutStory(full(count), width)
      expectInside(drawing)
      expectApart(drawing)
    }
  })

  it('has an axis of days where all lies within weeks, and of months else', () => {
    const short = { ...full(0), from: 0, to: 40, panels: [], rows: [] }
    for (const width of WIDTHS) {
      expect(textsOf(layOutStory(short, width)).at(-1)?.text).toBe('Days since day zero')
      expect(textsOf(layOutStory(full(4), width)).at(-1)?.text).toBe('Months since day zero')
      expectInside(layOutStory({ ...short, to: 0 }, width))
    }
  })
})
