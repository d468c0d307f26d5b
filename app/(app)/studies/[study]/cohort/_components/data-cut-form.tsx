import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'

/** Sets the data cut in the address, so that a result can be linked to and printed again. Works without JavaScript. */
export function DataCutForm({ typed, error }: { typed: string; error?: string | undefined }) {
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

/** What the control shows: the date as staff type it, nothing where it is today's. */
export function typedDataCut(dataCut: CalendarDate, today: CalendarDate): string {
  return dataCut === today ? '' : formatDate(dataCut)
}
