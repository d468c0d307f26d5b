import type { Route } from 'next'
import Link from 'next/link'

/** Newer and older pages of a trail, with its filters kept. */
export function TrailPages(props: {
  path: string
  /** What stands in the address beside the page. */
  kept: Readonly<Record<string, string | undefined>>
  page: number
  pages: number
}) {
  const { path, page, pages } = props
  const kept = Object.entries(props.kept).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const at = (number: number) =>
    `${path}?${new URLSearchParams([...kept, ['page', String(number)]])}` as Route
  return (
    <nav className="lk" aria-label="Pages of the trail">
      {page > 1 && (
        <Link href={at(page - 1)} prefetch={false}>
          Newer
        </Link>
      )}{' '}
      Page {page} of {pages}{' '}
      {page < pages && (
        <Link href={at(page + 1)} prefetch={false}>
          Older
        </Link>
      )}
    </nav>
  )
}
