import { describe, expect, it } from 'vitest'
import { parseAnswers } from '@/lib/domain/instruments/parse-answers'
import { tolerance } from '@/lib/domain/instruments/tolerance'

describe('tolerance', () => {
  it.each(['unlimited', 'U', 'unl', '∞', ' Unlimited '])(
    'reads “%s” as unlimited, above every number',
    typed => {
      const parsed = parseAnswers(tolerance, { TOL_SIT: [typed], TOL_WALK: ['1440'] }, {})
      if (!parsed.ok) throw new Error(parsed.error[0]?.text)
      expect(parsed.value.TOL_SIT).toEqual({ value: 'unlimited' })
      const { TOL_SIT: unlimited, TOL_WALK: longest } = tolerance.score(parsed.value, {})
      if (unlimited?.kind !== 'score' || longest?.kind !== 'score') throw new Error('not scored')
      expect(unlimited.value).toBeGreaterThan(longest.value)
    },
  )

  it('refuses what is neither minutes nor unlimited, and says what is', () => {
    const parsed = parseAnswers(tolerance, { TOL_SIT: ['long'], TOL_STAND: ['1441'] }, {})
    const texts = parsed.ok ? [] : parsed.error.map(({ text }) => text)
    expect(texts).toHaveLength(2)
    for (const text of texts) expect(text).toContain('from 0 to 1440 minutes, or “unlimited”')
  })
})
