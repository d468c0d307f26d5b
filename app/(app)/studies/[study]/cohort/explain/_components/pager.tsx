/** So many stand on a page. */
export const PAGE_SIZE = 200

/** The part of a list that a page shows. */
export function pageOf<Row>(rows: readonly Row[], asked: number) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE))
  const at = Math.min(asked, pages)
  return { at, pages, shown: rows.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE) }
}

/** The way to the page before and the page after, where there are several. */
export function Pager(props: { at: number; pages: number; hrefOf: (page: number) => string }) {
  const { at, pages, hrefOf } = props
  if (pages <= 1) return null
  return (
    <nav aria-label="Pages" className="lk mt-3 flex flex-wrap items-center gap-3">
      {at > 1 && <a href={hrefOf(at - 1)}>Previous</a>}
      <span className="ink3">
        Page {at} of {pages}
      </span>
      {at < pages && <a href={hrefOf(at + 1)}>Next</a>}
    </nav>
  )
}
