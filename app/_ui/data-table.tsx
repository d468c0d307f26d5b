'use client'

import {
  createColumnHelper,
  metaHelper,
  type RowData,
  rowPaginationFeature,
  rowSortingFeature,
  type TableOptions,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import Link from 'next/link'
import { useMemo } from 'react'
import { ScrollBox } from './scroll-box'

/** The one wrapper of TanStack Table. Rows come sorted, filtered and paged from the server; links carry the state. */
const features = tableFeatures({
  rowPaginationFeature,
  rowSortingFeature,
  columnMeta: metaHelper<{ numeric?: boolean; hideLabel?: boolean }>(),
})

export type DataColumns<T extends RowData> = NonNullable<TableOptions<typeof features, T>['columns']>

export function columnsOf<T extends RowData>() {
  return createColumnHelper<typeof features, T>()
}

export interface TableState {
  /** Column id. */
  readonly sort: string
  readonly descending: boolean
  /** From 1. */
  readonly page: number
  readonly pageSize: number
}

export function DataTable<T extends RowData>(props: {
  label: string
  columns: DataColumns<T>
  rows: readonly T[]
  rowCount: number
  rowId: (row: T) => string
  state: TableState
  /** Path and the other parameters of the address, which sorting and paging keep. */
  path: string
  params: Readonly<Record<string, string>>
  minWidth?: number
}) {
  const { state, path, params } = props
  const data = useMemo(() => [...props.rows], [props.rows])
  const table = useTable({
    features,
    columns: props.columns,
    data,
    rowCount: props.rowCount,
    manualSorting: true,
    manualPagination: true,
    getRowId: props.rowId,
    state: {
      sorting: [{ id: state.sort, desc: state.descending }],
      pagination: { pageIndex: state.page - 1, pageSize: state.pageSize },
    },
  })
  const hrefOf = (patch: Readonly<Record<string, string>>) =>
    `${path}?${new URLSearchParams({ ...params, ...patch })}`
  return (
    <>
      <ScrollBox label={props.label}>
        <table className="hov ptl" style={{ minWidth: props.minWidth }}>
          <thead>
            {table.getHeaderGroups().map(group => (
              <tr key={group.id}>
                {group.headers.map(header => {
                  const sorted = header.column.getIsSorted()
                  const meta = header.column.columnDef.meta
                  const label = <table.FlexRender header={header} />
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={meta?.numeric ? 'num' : undefined}
                      aria-sort={
                        sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined
                      }
                    >
                      {header.column.getCanSort() ? (
                        <Link
                          href={hrefOf({
                            sort: header.column.id,
                            dir: sorted === 'asc' ? 'desc' : 'asc',
                            page: '1',
                          })}
                          prefetch={false}
                          className="inline-flex min-h-6 items-center gap-1 text-inherit"
                        >
                          {label}
                          <span aria-hidden="true">
                            {sorted === 'asc' ? '↑' : sorted === 'desc' ? '↓' : ''}
                          </span>
                        </Link>
                      ) : (
                        <span className={meta?.hideLabel ? 'vh' : undefined}>{label}</span>
                      )}
                    </th>
                  )
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map(row => (
              <tr key={row.id}>
                {row.getAllCells().map(cell => (
                  <td key={cell.id} className={cell.column.columnDef.meta?.numeric ? 'num' : undefined}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {table.getPageCount() > 1 && (
        <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center gap-3">
          {table.getCanPreviousPage() && (
            <Link
              className="btn sm"
              href={hrefOf({ page: String(state.page - 1) })}
              prefetch={false}
              rel="prev"
            >
              Previous
            </Link>
          )}
          <span className="ink3">
            Page {state.page} of {table.getPageCount()}
          </span>
          {table.getCanNextPage() && (
            <Link
              className="btn sm"
              href={hrefOf({ page: String(state.page + 1) })}
              prefetch={false}
              rel="next"
            >
              Next
            </Link>
          )}
        </nav>
      )}
    </>
  )
}
