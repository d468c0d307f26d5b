import type { Metadata } from 'next'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatDate } from '@/lib/format/dates'
import { ALL_FILES, ExportRequest } from '@/lib/schemas/exports'
import { pageContext } from '@/lib/server/auth'
import { type ExportPage, readExportPage } from '@/lib/server/exports'
import { ExportForm } from './_components/export-form'
import { addressOfFile, FileTable } from './_components/file-table'

export const metadata: Metadata = { title: 'Exports' }

type Search = Partial<Record<'dataCut' | 'flavour', string | string[]>>

export default async function ExportsPage(props: {
  params: Promise<{ study: string }>
  searchParams: Promise<Search>
}) {
  const { study } = await props.params
  const { dataCut, flavour } = await props.searchParams
  const ctx = await pageContext(`/studies/${study}/exports`)
  const typed = {
    study,
    dataCut: oneOf(dataCut),
    flavour: oneOf(flavour) === 'spreadsheet' ? 'spreadsheet' : 'analysis',
  }
  const request = ExportRequest.parse({ ...typed, dataCut: typed.dataCut.slice(0, 40) })
  const page = readExportPage(ctx, request)
  if (!page.ok && page.error.code === 'invalidInput') {
    return (
      <header className="head">
        <h1>Exports</h1>
        <ExportForm typed={request.dataCut} flavour={request.flavour} error={page.error.fields[0]?.text} />
      </header>
    )
  }
  if (!page.ok) return <Refusal error={page.error} />
  return <Exports page={page.value} />
}

function Exports({ page }: { page: ExportPage }) {
  const { study, title, synthetic, dataCut, today, flavour, entry, armsWithheld, sites } = page
  return (
    <>
      {synthetic && (
        <p className="synthetic-band">Synthetic data: every participant is made up. Do not cite.</p>
      )}
      <header className="head">
        <div>
          <div className="tline">
            <h1>Exports</h1>
            {synthetic && <SyntheticBadge />}
          </div>
          <p>
            {study}. {title}
          </p>
        </div>
        <ExportForm typed={dataCut === today ? '' : formatDate(dataCut)} flavour={flavour} />
      </header>
      <p>
        Records dated up to {formatDate(dataCut)}, protocol version {page.protocolVersion}. The study is at
        audit entry {entry}. {sites === 'all' ? 'All sites.' : `Your sites only: ${sites.join(', ')}.`}
      </p>
      {armsWithheld && (
        <p className="formmsg">
          Arms and doses are withheld: results by arm of this study are closed to your role until its lock.
        </p>
      )}
      <p className="my-4">
        <a className="btn pri" href={addressOfFile(page, ALL_FILES)} download>
          Download all files
        </a>
      </p>
      <FileTable page={page} />
      <p className="note mt-3">
        All files come as one zip archive of one moment. A file downloaded alone is of the moment of its
        download: its name says at which audit entry. Each download is recorded in the audit with your name,
        the filter, and rows and SHA-256 of each file.
      </p>
    </>
  )
}

function oneOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}
