import { describe, expect, it } from 'vitest'
import admsc from '@/db/demo/admsc.json' with { type: 'json' }
import { parseProtocol } from '@/lib/schemas/protocol'

const parse = (rescue: unknown) => parseProtocol({ ...admsc, rescue })

describe('the rescue rule of a protocol', () => {
  it.each([
    { interventions: ['surgery'] },
    { interventions: [] },
    { interventions: ['physiotherapy', 'other'], after: 'dayZero' },
  ])('is kept as written: %j', rescue => {
    const parsed = parse(rescue)
    expect(parsed.ok && parsed.value.rescue).toEqual(rescue)
  })

  it('may be absent', () => {
    const parsed = parseProtocol(admsc)
    expect(parsed.ok && parsed.value.rescue).toBeUndefined()
  })

  it.each([
    ['rescue.interventions[0]', { interventions: ['surgry'] }],
    ['rescue.interventions', { interventions: ['surgery', 'surgery'] }],
    ['rescue.interventions', {}],
    ['rescue.after', { interventions: ['surgery'], after: 'baseline' }],
    ['rescue.opioid', { interventions: ['surgery'], opioid: true }],
  ])('is refused at %s', (path, rescue) => {
    const parsed = parse(rescue)
    expect(parsed.ok ? [] : parsed.error.map(error => error.path)).toContain(path)
  })
})
