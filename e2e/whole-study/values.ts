import type { Locator, Page } from '@playwright/test'
import { STUDY } from '../fixtures/demo'
import { daysAgo } from '../fixtures/journeys'

/** A server's clock cannot be moved: the whole study lies in the past and is entered late. */
const DAYS_SINCE_FIRST_DOSE = 790

/** The calendar date of a study day, counted from the first dose. */
export function day(studyDay: number): string {
  return daysAgo(DAYS_SINCE_FIRST_DOSE - studyDay)
}

/** A date as it stands on a page. */
export function inWords(date: string): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Date(date).toLocaleDateString('en-GB', options).replace('Sept', 'Sep')
}

/** Forms as keys: ratings and levels in order, a number ended by Enter. */
export const KEYS = {
  severePain: '79',
  mildPain: '24',
  /** 23 of 50. */
  odi46: '2323232222',
  /** 10 of 50. */
  odi20: '1111111111',
  eq5d21232: '2123260\n',
  eq5d11211: '1121180\n',
  tolerance: '45\n30\nu',
  reducedWork: '120\n',
  fullWork: '238\n',
  weakOpioid: '2',
  noEvent: '0',
  anEvent: '1',
  /** Grade III, type 1, 9 mm; three comparisons that a first image cannot have; an intermediate signal. */
  firstImage: '319\nnT\nnT\nnT\n2',
  /** A year later: unchanged, better, unchanged. */
  laterImage: '319\n2122',
  satisfied: '85\n',
  examination: '112\n24.5\n0',
} as const

export function recordAddress(number: string): string {
  return `/studies/${STUDY}/participants/${number}`
}

export const WORKLIST = `/studies/${STUDY}/worklist`

/** The rows of a table that are about somebody. */
export function rowsOf(page: Page, number: string): Locator {
  return page.getByRole('row').filter({ hasText: number })
}

export async function press(page: Page | Locator, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
}
