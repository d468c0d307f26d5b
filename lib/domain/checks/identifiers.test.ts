import { describe, expect, it } from 'vitest'
import { askAboutIdentifiers } from './identifiers'

const asks = (text: string) => askAboutIdentifiers('diagnosis', 'the diagnosis', text).length > 0

describe('free text that seems to identify a person', () => {
  it.each([
    'jo.bloggs@example.org',
    'Mr Bloggs',
    'Name: Bloggs',
    'MRN 4471',
    'record number 12',
    'DOB 3 May 1970',
    '+61 3 9123 4567',
    '12345678',
  ])('%s is asked about', text => {
    expect(asks(text)).toBe(true)
  })

  it.each([
    'Discogenic pain L4/L5 since 2019',
    'Microdiscectomy 2016-05-03, physiotherapy 2018',
    'Tramadol 50 mg twice a day, 10 million cells',
    'Sacroiliac joint, left',
    'Facet injections 2018-2019',
  ])('%s is not', text => {
    expect(asks(text)).toBe(false)
  })

  it('no text gives no question', () => {
    expect(askAboutIdentifiers('diagnosis', 'the diagnosis', null)).toEqual([])
  })
})
