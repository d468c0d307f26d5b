import { describe, expect, it } from 'vitest'
import {
  atLeast,
  makeCohort,
  makeProtocol,
  makeRule,
  THREE_ARMS,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'

const summary = summarise(
  makeCohort(
    [
      [6, 3, 2],
      [7, 5, 5],
      [5, 5, 4],
      [8, 6, 3],
    ],
    index => ({ arm: index < 2 ? 'A' : 'B' }),
  ),
  {
    protocol: makeProtocol({
      arms: THREE_ARMS.slice(0, 2),
      responders: [makeRule('P30', { condition: atLeast(30, 'percent') })],
    }),
  },
)
const keys = (value: object | undefined) => Object.keys(value ?? {}).sort()
const sorted = (text: string) => text.split(' ').sort()

/** The names on which statisticians' programs rely: they may be added to, not changed. */
describe('shape of the summary document', () => {
  const [parameter] = summary.parameters
  const visit = parameter?.arms[0]?.visits[1]
  const [contrast] = parameter?.contrasts ?? []

  it('names the document and its parameters', () => {
    expect(keys(summary)).toEqual(
      sorted(
        'study dataCut asOf version softwareVersion synthetic analysisSet view parameters sinceLastDose responseDistribution timeToEvent references',
      ),
    )
    expect(keys(parameter)).toEqual(sorted('parameter unit higherIs arms individuals notBetter contrasts'))
    expect(keys(parameter?.arms[0])).toEqual(sorted('arm label inSet visits'))
  })

  it('names the leaves of a visit', () => {
    expect(keys(visit)).toEqual(
      sorted(
        'visit nImputed expected received inWindow windowUnknown expectedInFollowUp n nEarly missing mean sdSample ciLower ciUpper median q1 q3 medianCi medianCiReason q1Ci q1CiReason q3Ci q3CiReason q10 q90 change responders worse categories',
      ),
    )
    expect(keys(visit?.change)).toEqual(
      sorted('n mean sdSample ciLower ciUpper pairedT wilcoxonSignedRank dz hedgesGPaired glassDelta'),
    )
    expect(keys(visit?.change?.pairedT)).toEqual(sorted('t df pTwoSided'))
    expect(keys(visit?.change?.wilcoxonSignedRank)).toEqual(sorted('pTwoSided method nNonZero'))
    expect(keys(visit?.responders[0])).toEqual(
      sorted('code method isResponder k n proportion wilson clopperPearson undefinedBaselineZero'),
    )
    expect(keys(visit?.worse)).toEqual(sorted('k n clopperPearson threshold'))
  })

  it('names the leaves of individuals and contrasts', () => {
    expect(keys(parameter?.individuals?.[0])).toEqual(
      sorted('subject arm visit baseline percentImprovement afterSecondDose'),
    )
    expect(keys(contrast)).toEqual(
      sorted('visit arms differenceInMeans ci welch ancova hedgesG wilcoxonRankSum responders'),
    )
    expect(keys(contrast?.welch)).toEqual(sorted('t df pTwoSided'))
    expect(keys(contrast?.ancova)).toEqual(sorted('difference ci t df pTwoSided'))
    expect(keys(contrast?.wilcoxonRankSum)).toEqual(sorted('pTwoSided method'))
    expect(keys(contrast?.responders[0])).toEqual(sorted('code method riskDifference newcombe fisherExact'))
  })

  it('holds nothing that JSON cannot carry', () => {
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
  })
})
