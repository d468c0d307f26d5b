import { formatDate } from '@/lib/format/dates'
import type { Side } from '@/lib/schemas/mending-view'

/** What stands at one place now: dates, window, and every value. */
export function SideView({ title, side }: { title: string; side: Side }) {
  const { begun, windowStart, windowEnd, forms } = side
  const window = windowStart && windowEnd ? `${formatDate(windowStart)} to ${formatDate(windowEnd)}` : 'none'
  const doses = side.doses.flatMap(date => (date ? formatDate(date) : []))
  return (
    <section className="fsec">
      <h2 className="pb-1">{title}</h2>
      <p className="ink">
        {side.number}, {side.visitName.toLowerCase()}, site {side.site}
      </p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 py-2">
        <Fact label="Visit date" text={dateOf(side)} />
        <Fact label="Window" text={window} />
        <Fact label="Consent" text={side.consentDate ? formatDate(side.consentDate) : 'not known'} />
        <Fact label="Doses" text={doses.join(', ') || 'none'} />
        {begun?.missed && <Fact label="Recorded as missed" text={begun.missed} />}
        {begun?.cause && <Fact label="Cause" text={begun.cause} />}
      </dl>
      {forms.length === 0 ? (
        <p className="ink3">{begun ? 'No form is entered.' : 'Nothing is entered.'}</p>
      ) : (
        <ul>
          {forms.map(form => (
            <li key={form.id} className="border-t border-(--color-line) py-1">
              <b className="ink">{form.name}</b>
              {form.date && form.date !== begun?.date && (
                <span className="ink3">, {formatDate(form.date)}</span>
              )}
              <div>{form.values.join('; ') || 'no answers'}</div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function dateOf({ begun }: Side): string {
  if (!begun) return 'not begun'
  if (!begun.date) return 'not known'
  return formatDate(begun.date) + (begun.inWindow === false ? ', out of window' : '')
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt className="ink3">{label}</dt>
      <dd className="ink">{text}</dd>
    </div>
  )
}
