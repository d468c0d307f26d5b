'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { columnsOf, DataTable } from '@/app/_ui/data-table'
import { formatReportClock } from '@/lib/domain/events/report-clock'
import type { ListedEvent, Safety } from '@/lib/schemas/event-reports'

const column = columnsOf<ListedEvent>()

const EMERGENCE = { yes: 'Yes', no: 'No', unknown: 'Not known' } as const

function makeColumns(base: string) {
  const participant = (event: ListedEvent) => `${base}/participants/${encodeURIComponent(event.number)}`
  return column.columns([
    column.accessor('number', {
      header: 'Participant',
      enableSorting: false,
      cell: ({ row: { original } }) => (
        <Link className="id" href={participant(original)} prefetch={false}>
          {original.number}
        </Link>
      ),
    }),
    column.accessor('term', {
      header: 'Event',
      enableSorting: false,
      cell: ({ row: { original } }) => (
        // In the words of the source, which may be many: what was judged of it stays in sight.
        <span className="block min-w-36 whitespace-normal py-1 leading-tight">
          <Link
            className="inline-block min-h-6 leading-6"
            href={`${participant(original)}/logs/adverse-events/${original.id}`}
            prefetch={false}
          >
            {original.term || 'Event'}
          </Link>
          {original.category !== original.term && <span className="ink3 block">{original.category}</span>}
        </span>
      ),
    }),
    column.accessor('began', {
      header: 'Began',
      enableSorting: false,
      cell: ({ row: { original } }) => original.began || 'Unknown',
    }),
    column.accessor('grade', { header: 'Grade', enableSorting: false }),
    column.accessor('isSerious', {
      header: 'Serious',
      enableSorting: false,
      cell: ({ row: { original } }) => (original.isSerious ? 'Yes' : 'No'),
    }),
    column.display({
      id: 'clock',
      header: 'Report',
      cell: ({ row: { original } }) => <Clock event={original} />,
    }),
    column.accessor('isTreatmentEmergent', {
      header: () => <span className="inline-block w-18 whitespace-normal">Treatment-emergent</span>,
      enableSorting: false,
      cell: ({ row: { original } }) => EMERGENCE[original.isTreatmentEmergent],
    }),
    column.display({
      id: 'relation',
      header: 'Relation',
      cell: ({ row: { original } }) => <Relation event={original} />,
    }),
    column.accessor('expectedness', {
      header: 'Expectedness',
      enableSorting: false,
      cell: ({ row: { original } }) => original.expectedness || <span className="ink3">–</span>,
    }),
    column.accessor('outcome', { header: 'Outcome', enableSorting: false }),
  ])
}

function Clock({ event: { clock } }: { event: ListedEvent }) {
  if (!clock) return <span className="ink3">–</span>
  const tone = clock.state === 'running' ? 'danger' : clock.late ? 'warn' : 'ok'
  return <span className={`chip ${tone}`}>{formatReportClock(clock)}</span>
}

function Relation({ event: { relation, awaitsJudgement } }: { event: ListedEvent }) {
  if (relation.procedure === '' && relation.product === '')
    return <span className={awaitsJudgement ? 'chip warn' : 'ink3'}>To be judged</span>
  return (
    <>
      Procedure: {relation.procedure.toLowerCase() || 'not judged'}
      <br />
      Product: {relation.product.toLowerCase() || 'not judged'}
    </>
  )
}

/** The events of a study, one page of them, the most pressing first. */
export function SafetyTable(props: {
  base: string
  path: string
  view: Safety
  page: number
  params: Readonly<Record<string, string>>
}) {
  const { base, view } = props
  const columns = useMemo(() => makeColumns(base), [base])
  return (
    <DataTable
      label="Adverse events"
      columns={columns}
      rows={view.events}
      rowCount={view.found}
      rowId={row => String(row.id)}
      state={{ sort: 'clock', descending: true, page: props.page, pageSize: view.pageSize }}
      path={props.path}
      params={props.params}
      minWidth={980}
    />
  )
}
