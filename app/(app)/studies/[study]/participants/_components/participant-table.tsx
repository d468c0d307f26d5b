'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { columnsOf, DataTable, type TableState } from '@/app/_ui/data-table'
import { formatDate } from '@/lib/format/dates'
import { formatPercent } from '@/lib/format/numbers'
import { formatScore } from '@/lib/format/scores'
import type { ListedParameter, ListedParticipant } from '@/lib/schemas/listed-participant'
import { NextVisitChip, NextVisitDay } from './next-visit'
import { Sparkline, VisitStrip } from './visit-strip'
import { STATUS_TEXT } from './wording'

const column = columnsOf<ListedParticipant>()

function makeColumns(path: string, parameter: ListedParameter | null, hasTreatments: boolean) {
  return column.columns([
    column.accessor('number', {
      header: 'Participant',
      cell: ({ row }) => (
        <Link className="id" href={`${path}/${encodeURIComponent(row.original.number)}`} prefetch={false}>
          {row.original.number}
        </Link>
      ),
    }),
    column.accessor('site', { header: 'Site' }),
    column.accessor('status', {
      header: 'Status',
      enableSorting: false,
      cell: ({ row }) => STATUS_TEXT[row.original.status],
    }),
    column.accessor(row => row.dayZero?.date ?? '', {
      id: 'treated',
      header: hasTreatments ? 'Treated' : 'Day zero',
      cell: ({ row }) => <DayZero row={row.original} />,
    }),
    column.display({
      id: 'visits',
      header: 'Visits',
      cell: ({ row }) => <VisitStrip visits={row.original.visits} />,
    }),
    ...(parameter ? valueColumns(parameter) : []),
    column.accessor(row => row.next?.windowEnd ?? '', {
      id: 'next',
      header: 'Next visit',
      cell: ({ row: { original } }) => (
        <>
          {original.next?.name} <NextVisitDay visit={original.next} />
        </>
      ),
    }),
    column.display({
      id: 'state',
      header: 'State of the next visit',
      meta: { hideLabel: true },
      cell: ({ row: { original } }) => <NextVisitChip visit={original.next} overdue={original.overdue} />,
    }),
  ])
}

function valueColumns(parameter: ListedParameter) {
  return [
    column.display({
      id: 'trend',
      header: parameter.label,
      cell: ({ row: { original } }) => (
        <Sparkline
          points={original.points}
          visits={original.visits}
          range={parameter.range}
          label={parameter.label}
        />
      ),
    }),
    column.display({
      id: 'values',
      header: 'First → last',
      meta: { numeric: true },
      cell: ({ row }) => formatCourse(parameter, row.original),
    }),
    column.accessor('improvement', {
      header: 'Better',
      enableSorting: false,
      meta: { numeric: true },
      cell: ({ row: { original } }) =>
        original.improvement === null ? '' : formatPercent(original.improvement / 100),
    }),
  ]
}

function formatCourse(parameter: ListedParameter, { baseline, latest }: ListedParticipant): string {
  const values = [baseline, latest].filter(value => value !== null)
  return values.map(value => formatScore(parameter, value)).join(' → ')
}

function DayZero({ row }: { row: ListedParticipant }) {
  if (!row.dayZero) return <span className="ink3">–</span>
  return (
    <span className="ink3">
      {formatDate(row.dayZero.date)}
      {row.dayZero.planned && ', planned'}
      {row.doses > 1 && (
        <svg width="11" height="11" role="img" aria-label={`${row.doses} doses`} className="ml-1 inline">
          <path className="dose" d="M5.5 1l4.5 4.5-4.5 4.5L1 5.5z" />
        </svg>
      )}
    </span>
  )
}

/** The participants of a study, one page of them. */
export function ParticipantTable(props: {
  path: string
  rows: readonly ListedParticipant[]
  rowCount: number
  state: TableState
  params: Readonly<Record<string, string>>
  parameter: ListedParameter | null
  hasTreatments: boolean
}) {
  const { path, parameter, hasTreatments } = props
  const columns = useMemo(() => makeColumns(path, parameter, hasTreatments), [path, parameter, hasTreatments])
  return (
    <DataTable
      label="Participants"
      columns={columns}
      rows={props.rows}
      rowCount={props.rowCount}
      rowId={row => row.number}
      state={props.state}
      path={path}
      params={props.params}
      minWidth={960}
    />
  )
}
