import type { Flavour } from '@/lib/domain/exports/csv'

/** Sets data cut and flavour in the address, so that the list of files can be linked to. Works without JavaScript. */
export function ExportForm({
  typed,
  flavour,
  error,
}: {
  typed: string
  flavour: Flavour
  error?: string | undefined
}) {
  return (
    <form className="report-form acts" method="get">
      <label htmlFor="dataCut">
        Data cut
        <input
          id="dataCut"
          name="dataCut"
          type="text"
          defaultValue={typed}
          placeholder="today"
          autoComplete="off"
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : 'dataCut-error'}
        />
      </label>
      <label htmlFor="flavour">
        For
        <select id="flavour" name="flavour" defaultValue={flavour} key={flavour}>
          <option value="analysis">statistics programs, lossless</option>
          <option value="spreadsheet">spreadsheets, formulas defused</option>
        </select>
      </label>
      <button type="submit" className="btn">
        Show
      </button>
      {error !== undefined && (
        <p className="err" id="dataCut-error" role="alert">
          {error}
        </p>
      )}
    </form>
  )
}
