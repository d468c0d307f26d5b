import { describe, expect, it } from 'vitest'
import vectors from './__fixtures__/rfc8785.json'
import { formatCanonicalJson, type JsonValue } from './canonical-json'

function fromBits(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE(0)
}

describe('canonical JSON agrees with RFC 8785', () => {
  it('on the sample of section 3.2.2, byte for byte', () => {
    const text = formatCanonicalJson(JSON.parse(vectors.sample.input) as JsonValue)
    expect(Buffer.from(text, 'utf8').toString('hex')).toBe(vectors.sample.outputHex)
  })

  it('on the order of members of section 3.2.3, by UTF-16 code units', () => {
    const text = formatCanonicalJson(JSON.parse(vectors.order.input) as JsonValue)
    const places = vectors.order.values.map(value => text.indexOf(`"${value}"`))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it.each(vectors.numbers)('on the number %s of appendix B', (bits, text) => {
    expect(formatCanonicalJson(fromBits(bits ?? ''))).toBe(text)
  })

  it.each(vectors.refused)('on refusing the number %s of appendix B', bits => {
    expect(() => formatCanonicalJson(fromBits(bits))).toThrow(RangeError)
  })
})

it('refuses a lone surrogate, which has no UTF-8 form', () => {
  expect(() => formatCanonicalJson('\ud800')).toThrow(RangeError)
  expect(() => formatCanonicalJson({ '\udead': 1 })).toThrow(RangeError)
})

it('leaves members without a value out', () => {
  expect(formatCanonicalJson({ b: undefined, a: [], c: {} })).toBe('{"a":[],"c":{}}')
})
