import { describe, expect, it } from 'vitest'
import { findWarningSigns } from '@/lib/domain/events/warning-signs'

describe('a warning sign is found under its many names', () => {
  it.each([
    ['Severe pain', 'severe pain'],
    ['severe low back pain', 'severe pain'],
    ['Pain at injection site, severe', 'severe pain'],
    ['pain became very severe', 'severe pain'],
    ['severely painful back', 'severe pain'],
    ['Severe headache', 'severe pain'],
    ['excruciating pain', 'severe pain'],
    ['Severe neuralgia', 'severe pain'],
    ['severe sciatica', 'severe pain'],
    ['Lumbago, excruciating', 'severe pain'],
    ['Bleeding', 'bleeding'],
    ['bled through the dressing', 'bleeding'],
    ['Haemorrhage', 'bleeding'],
    ['subdural hemorrhage', 'bleeding'],
    ['haematoma of the abdomen', 'bleeding'],
    ['Hematoma', 'bleeding'],
    ['nosebleeds', 'bleeding'],
    ['Swelling', 'swelling'],
    ['swollen ankle', 'swelling'],
    ['oedema', 'swelling'],
    ['Angioedema', 'swelling'],
    ['pedal edema', 'swelling'],
    ['FEVER', 'fever'],
    ['feverish overnight', 'fever'],
    ['febrile', 'fever'],
    ['Pyrexia', 'fever'],
    ['raised temperature', 'fever'],
    ['high temp overnight', 'fever'],
    ['Nausea', 'nausea'],
    ['nauseous', 'nausea'],
    ['nauseated', 'nausea'],
    ['felt queasy', 'nausea'],
    ['Dizziness', 'dizziness'],
    ['dizzy on standing', 'dizziness'],
    ['vertigo', 'dizziness'],
    ['light-headed', 'dizziness'],
    ['lightheadedness', 'dizziness'],
    ['Vomiting', 'vomiting'],
    ['vomited twice', 'vomiting'],
    ['emesis', 'vomiting'],
    ['threw up', 'vomiting'],
    ['no fever', 'fever'],
  ])('“%s” names %s', (text, sign) => {
    expect(findWarningSigns([text])).toContain(sign)
    expect(findWarningSigns([null, text.toUpperCase()])).toContain(sign)
  })

  it.each([
    'Pain flare',
    'mild pain',
    'Severe constipation',
    'Infection',
    'Nerve injury',
    'New growth',
    'pain. Severe anxiety',
    'Rash',
    'afebrile',
    '',
  ])('“%s” names none', text => expect(findWarningSigns([text])).toEqual([]))

  it('each is named once, in the order of the protocol, over all texts', () => {
    const texts = ['Vomiting, vomited again', 'dizzy, feverish, severe back pain']
    expect(findWarningSigns(texts)).toEqual(['severe pain', 'fever', 'dizziness', 'vomiting'])
  })

  it('a long text is read in no time', () => {
    const started = performance.now()
    findWarningSigns([`severe ${'a '.repeat(5000)}`, 'severe '.repeat(300)])
    expect(performance.now() - started).toBeLessThan(200)
  })
})
