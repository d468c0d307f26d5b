import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatDate } from '@/lib/format/dates'
import { describeCondition, describeRescueRule } from '@/lib/format/protocol'

/** Eligibility, baseline and responder rules, and what was chosen for an example. */
export function CriteriaAndRules({ protocol }: { protocol: Protocol }) {
  const { eligibility, baseline, responders, illustrative, consents } = protocol
  return (
    <>
      <section className="fsec two">
        <Criteria title="Inclusion" criteria={eligibility.inclusion} />
        <Criteria title="Exclusion" criteria={eligibility.exclusion} />
      </section>
      <section className="fsec">
        <h2>Rules</h2>
        <ul className="lines">
          <li>
            Baseline: {baseline.rule === 'mean' ? 'mean of' : 'last value of'} {baseline.visits.join(', ')},
            on or before day zero.
          </li>
          <li>{describeRescueRule(protocol)}</li>
          {responders.map(rule => (
            <li key={rule.code}>
              <span className="ink3 nw min-w-18">{rule.code}</span>
              <span className="min-w-0 flex-1">
                {rule.label}: {describeCondition(protocol, rule.condition)}
                {rule.noIntervention && '; no rescue before'}
                {!rule.isResponder && ' (shown, not a responder rate)'}
              </span>
            </li>
          ))}
          <li>
            Missing values: means from what was observed; in responder rates{' '}
            {protocol.missingData.responders === 'observedCases'
              ? 'left out (observed cases).'
              : 'counted as no response (non-responder imputation).'}
          </li>
          {consents.length > 0 && (
            <li>
              Consent versions:{' '}
              {consents
                .map(
                  ({ version, approvedOn, requiresReconsent }) =>
                    `${version}, approved ${formatDate(approvedOn)}${requiresReconsent ? ', asks for consent again' : ''}`,
                )
                .join('; ')}
            </li>
          )}
        </ul>
        {illustrative.length > 0 && (
          <p className="note">
            Chosen for this example, not given by the published study: {illustrative.join(', ')}.
          </p>
        )}
      </section>
    </>
  )
}

function Criteria({ title, criteria }: { title: string; criteria: Protocol['eligibility']['inclusion'] }) {
  return (
    <div>
      <h2>{title}</h2>
      {criteria.length === 0 ? (
        <p>None recorded in the protocol.</p>
      ) : (
        <ul className="lines">
          {criteria.map(criterion => (
            <li key={criterion.code}>
              <span className="ink3 nw min-w-5">{criterion.code}</span>
              <span className="min-w-0 flex-1">{criterion.text}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
