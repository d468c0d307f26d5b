'use client'

/** Opens the browser's own dialog for printing; its menu does the same without JavaScript. */
export function PrintButton() {
  return (
    <button type="button" className="btn sm lk" onClick={() => window.print()}>
      Print
    </button>
  )
}
