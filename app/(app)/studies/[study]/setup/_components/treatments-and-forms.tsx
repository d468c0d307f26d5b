import type { Protocol } from '@/lib/domain/protocol/protocol'
import {
  describeCheck,
  describeField,
  describeRepeats,
  describeTreatment,
  listDoubleEntryForms,
} from '@/lib/format/protocol'

/** What is given, what entry asks beyond the instruments, and the study's own forms. */
export function TreatmentsAndForms({ protocol }: { protocol: Protocol }) {
  const { treatments, checks = [], forms, settings } = protocol
  const twice = listDoubleEntryForms(protocol)
  const places = settings.mri?.locations
  return (
    <>
      <section className="fsec">
        <h2>Treatments</h2>
        {treatments.length === 0 ? (
          <p>This study records no treatment.</p>
        ) : (
          <ul className="lines">
            {treatments.map(plan => (
              <Line key={plan.code} code={plan.code} text={`${plan.name}: ${describeTreatment(plan)}`} />
            ))}
          </ul>
        )}
      </section>
      <section className="fsec">
        <h2>Entry</h2>
        <ul className="lines">
          <li>{twice ? `Entered twice, by two people: ${twice}.` : 'No form is entered twice.'}</li>
          {places && <li>Places for MRI findings: {places.join(', ')}.</li>}
          {checks.length === 0 && <li>No checks beyond those of the instruments.</li>}
          {checks.map(check => {
            const text = describeCheck(protocol, check)
            return <li key={text}>{text}</li>
          })}
        </ul>
      </section>
      {forms.length > 0 && (
        <section className="fsec">
          <h2>Forms of the study</h2>
          {forms.map(form => (
            <div key={form.code} className="py-2">
              <h3>
                <span className="ink3">{form.code}</span> {form.label}
              </h3>
              <p className="note">At a visit: {describeRepeats(form)}.</p>
              <ul className="lines">
                {form.fields.map(field => (
                  <Line key={field.code} code={field.code} text={describeField(field, form.fields)} />
                ))}
              </ul>
            </div>
          ))}
        </section>
      )}
    </>
  )
}

function Line({ code, text }: { code: string; text: string }) {
  return (
    <li>
      <span className="ink3 nw min-w-18">{code}</span>
      <span className="min-w-0 flex-1">{text}</span>
    </li>
  )
}
