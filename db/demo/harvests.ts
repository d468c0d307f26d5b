import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { DEMO_EVENTS } from './events'
import type { DemoEntry } from './logs'
import { deriveHarvestDay } from './timeline'

/** Abdominal liposuction, as the form is filled in; its harm is the event that tells of it, if any. */
export function deriveDemoHarvest(number: string, dayZero: CalendarDate): DemoEntry {
  const harm = DEMO_EVENTS.find(event => event.number === number && event.after === 'harvest')
  return {
    log: 'harvests',
    answers: {
      HARVEST_DATE: [deriveHarvestDay(dayZero)],
      SOURCE: ['adipose'],
      METHOD: ['Liposuction'],
      AMOUNT: [String(60 + 5 * (ordinalOf(number) % 5))],
      LOT: [lotOf(number)],
      HARM: [harm ? 'yes' : 'no'],
      ...(harm ? { HARM_TEXT: [harm.term] } : {}),
    },
  }
}

/**
 * Product and procedure of a dose as the form is filled in: 10 million autologous adipose cells in 1 mL, under
 * fluoroscopy. The second is thawed from the same lot, with fewer living cells.
 */
export function deriveDemoDose(number: string, plan: 'DOSE1' | 'DOSE2'): DemoEntry['answers'] {
  const ordinal = ordinalOf(number)
  const isSecond = plan === 'DOSE2'
  return {
    PRODUCT: ['adipose'],
    ORIGIN: ['autologous'],
    LOT: [lotOf(number)],
    CELL_COUNT: [(10.2 + (ordinal % 4) / 10).toFixed(1)],
    VIABILITY: [String((isSecond ? 88 : 93) + (ordinal % 5))],
    AMOUNT: ['10'],
    VOLUME: ['1'],
    GUIDANCE: ['fluoroscopy'],
    OPERATOR: [ordinal % 2 === 0 ? 'OP2' : 'OP1'],
  }
}

/** `MEL-004` → 4. */
function ordinalOf(number: string): number {
  return Number(number.slice(-3))
}

function lotOf(number: string): string {
  return `SYN-${number.slice(-3)}`
}
