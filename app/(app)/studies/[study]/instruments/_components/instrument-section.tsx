import { ScrollBox } from '@/app/_ui/scroll-box'
import type { DescribedInstrument, DescribedScore } from '@/lib/domain/instruments/describe-instrument'

/** One instrument: what is entered, how it is scored, what it may not show. */
export function InstrumentSection({
  instrument,
  visits,
}: {
  instrument: DescribedInstrument
  /** Null: not of this study. */
  visits: readonly string[] | null
}) {
  const { name, code, items, scores, notPrinted, perLocation } = instrument
  return (
    <section className={visits ? 'fsec' : 'pt-3'} id={code} aria-label={name}>
      {visits && <h2>{name}</h2>}
      <dl className="rules">
        {visits && <Line term="Asked at" text={visits.join(', ')} />}
        {perLocation && <Line term="Entered" text="Once for each place (disc level, joint)." />}
        <Line term="Scoring" text={instrument.scoring} />
        <Line term="Missing" text={instrument.missingRule} />
        <Line term="Rule" text={`${instrument.ruleVersion} (${code})`} />
        <Line term="Source" text={instrument.source} />
        <Line term="Licence" text={`${instrument.licence}.`} />
        <Line term="Not printed" text={notPrinted ? `${notPrinted}.` : 'Nothing is held back.'} />
      </dl>
      <ScrollBox label={`${name}: what is entered`}>
        <table className="min-w-160">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Entered</th>
              <th scope="col">Answers</th>
            </tr>
          </thead>
          <tbody>
            {items.map(group => (
              <tr key={group.codes}>
                <th scope="row" className="nw">
                  {group.codes}
                </th>
                <td>{group.labels}</td>
                <td>{group.answers}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {scores.length > 0 && <Scores name={name} scores={scores} />}
    </section>
  )
}

function Line({ term, text }: { term: string; text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  )
}

function Scores({ name, scores }: { name: string; scores: readonly DescribedScore[] }) {
  return (
    <ScrollBox label={`${name}: scores`}>
      <table className="min-w-160">
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Range</th>
            <th scope="col">Direction</th>
            <th scope="col">Thresholds</th>
          </tr>
        </thead>
        <tbody>
          {scores.map(score => (
            <tr key={score.code}>
              <th scope="row">
                {score.label} <span className="ink3">{score.code}</span>
              </th>
              <td>{score.range}</td>
              <td>{score.direction}</td>
              <td>{score.thresholds.join(' ') || 'None established.'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
