import type { MedicationFacts } from '@/lib/schemas/medication-view'

/** Analgesic use against baseline at each visit. */
export function AnalgesicCourse({ analgesics }: Pick<MedicationFacts, 'analgesics'>) {
  if (analgesics.length === 0) return null
  return (
    <section className="fsec" id="analgesics">
      <h2 className="pb-2">
        Analgesics <span className="ink3">against baseline, derived</span>
      </h2>
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {analgesics.map(({ visit, texts }) => (
          <div key={visit}>
            <dt className="ink3">{visit}</dt>
            {texts.map(text => (
              <dd key={text} className="ink">
                {text}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Whether each intervention is a rescue by the protocol's rule. */
export function Rescues({ interventions }: Pick<MedicationFacts, 'interventions'>) {
  if (interventions.length === 0) return null
  return (
    <section className="fsec" id="rescues">
      <h2 className="pb-2">
        Rescue <span className="ink3">by the protocol’s rule, derived</span>
      </h2>
      <ul>
        {interventions.map(({ text, rescue }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two entries may read alike, and the list is drawn once
          <li key={index} className="py-1">
            <b className="ink">{text}</b>: {rescue}
          </li>
        ))}
      </ul>
    </section>
  )
}
