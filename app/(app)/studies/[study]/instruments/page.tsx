import type { Metadata } from 'next'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { pageContext } from '@/lib/server/auth'
import { readInstruments } from '@/lib/server/instruments'
import { InstrumentSection } from './_components/instrument-section'
import { SettingsTable } from './_components/settings-table'

export const metadata: Metadata = { title: 'Instruments' }

export default async function InstrumentsPage({ params }: { params: Promise<{ study: string }> }) {
  const { study } = await params
  const ctx = await pageContext(`/studies/${study}/instruments`)
  const read = readInstruments(ctx, { study })
  if (!read.ok) return <Refusal error={read.error} />
  const { code, synthetic, used, others, settings } = read.value
  return (
    <>
      <p className="crumb">
        <a href={`/studies/${code}/setup`}>Study</a> / Instruments
      </p>
      <header className="head">
        <div>
          <div className="tline">
            <h1>Instruments</h1>
            {synthetic && <SyntheticBadge />}
          </div>
          <p>
            What is entered and how it is scored. Wording of licensed forms is not in the product: enter what
            was marked on the form.
          </p>
        </div>
      </header>
      <nav className="toc" aria-label="Instruments of this study">
        {used.map(instrument => (
          <a key={instrument.code} href={`#${instrument.code}`}>
            {instrument.name}
          </a>
        ))}
        {others.length > 0 && <a href="#others">Not used in this study</a>}
      </nav>
      <SettingsTable settings={settings} />
      {used.map(instrument => (
        <InstrumentSection key={instrument.code} instrument={instrument} visits={instrument.visits} />
      ))}
      {others.length > 0 && (
        <section className="fsec" id="others">
          <h2>Not used in this study</h2>
          {others.map(instrument => (
            <details key={instrument.code} className="figure-table">
              <summary>{instrument.name}</summary>
              <InstrumentSection instrument={instrument} visits={null} />
            </details>
          ))}
        </section>
      )}
    </>
  )
}
