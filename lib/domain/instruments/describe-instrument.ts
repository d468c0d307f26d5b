import type { Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'

/** An instrument in words: what is entered, how it is scored, what may not be printed. */
export interface DescribedInstrument {
  readonly code: string
  readonly name: string
  readonly ruleVersion: string
  readonly source: string
  readonly licence: string
  readonly notPrinted: string | null
  readonly scoring: string
  readonly missingRule: string
  readonly perLocation: boolean
  readonly items: readonly DescribedItems[]
  readonly scores: readonly DescribedScore[]
}

/** Items that are entered alike and follow each other. */
export interface DescribedItems {
  /** `ODI_01 to ODI_10`, or the one code. */
  readonly codes: string
  readonly labels: string
  readonly answers: string
}

export interface DescribedScore {
  readonly code: string
  readonly label: string
  readonly range: string
  readonly direction: string
  /** One sentence each, with its source. */
  readonly thresholds: readonly string[]
}

/**
 * An instrument under a study's settings in words, for a page or a sheet; wording of licensed items is not in it.
 * Example: `describeInstrument(odi, {}).items[0]` → `{ codes: 'ODI_01 to ODI_10', …, answers: '0 to 5' }`.
 */
export function describeInstrument(instrument: Instrument, settings: Settings): DescribedInstrument {
  const { code, name, ruleVersion, source, licence, notPrinted } = instrument
  return {
    code,
    name,
    ruleVersion,
    source,
    licence,
    notPrinted,
    scoring: instrument.scoring(settings),
    missingRule: instrument.missingRule(settings),
    perLocation: instrument.repeatedBy === 'location',
    items: groupItems(instrument.items(settings)),
    scores: instrument.parameters(settings).map(describeScore),
  }
}

function groupItems(items: readonly Item[]): DescribedItems[] {
  const groups: { answers: string; items: Item[] }[] = []
  for (const item of items) {
    const answers = describeAnswers(item)
    const last = groups.at(-1)
    if (last?.answers === answers) last.items.push(item)
    else groups.push({ answers, items: [item] })
  }
  return groups.map(({ answers, items: alike }) => {
    const [first, last] = [alike[0], alike.at(-1)]
    const codes = alike.length > 1 ? `${first?.code} to ${last?.code}` : `${first?.code}`
    return { codes, labels: alike.map(item => item.label).join(', '), answers }
  })
}

function describeAnswers(item: Item): string {
  if (item.choices) return item.choices.map(({ value, label }) => describeLevel(value, label)).join(', ')
  const unit = item.unit ? ` ${item.unit}` : ''
  const kind = item.decimals ? ', decimals' : ''
  return `${item.min} to ${item.max}${unit}${kind}${item.mayBeUnlimited ? ', or unlimited' : ''}`
}

/** Some levels are written with their number. */
function describeLevel(value: number, label: string): string {
  return label.startsWith(String(value)) ? label : `${value} ${label}`
}

const DIRECTIONS = { worse: 'Higher is worse', better: 'Higher is better', neither: 'No direction' } as const

function describeScore(parameter: Parameter): DescribedScore {
  const { code, label, unit, min, max, higherIs, minimalImportantChange: change } = parameter
  const bands = parameter.bands
  return {
    code,
    label,
    range: `${min} to ${max} ${unit}${parameter.kind === 'duration' ? ', unlimited above' : ''}`.replaceAll(
      '-',
      '−',
    ),
    direction: DIRECTIONS[higherIs],
    thresholds: [
      ...(change
        ? [
            `Minimal important change: ${change.points} ${pointsOf(unit)} or ${change.percent} % (${change.source}).`,
          ]
        : []),
      ...(bands
        ? [
            `Bands: ${bands.list.map(band => `${band.label} up to ${band.upTo}`).join(', ')} (${bands.source}).`,
          ]
        : []),
      ...(parameter.thresholds ?? []).map(({ text, source }) => `${text.replace(/\.$/, '')} (${source}).`),
    ],
  }
}

/** A change of a percentage scale is in points, lest it be read as a percentage of baseline. */
function pointsOf(unit: string): string {
  return unit === '%' ? 'points' : unit
}
