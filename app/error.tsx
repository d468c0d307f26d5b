'use client'

interface ErrorPageProps {
  error: Error & { digest?: string }
}

export default function ErrorPage({ error }: ErrorPageProps) {
  return (
    <main id="main" className="mx-auto max-w-(--measure) p-(--gutter)">
      <h1>This page could not be shown</h1>
      <p className="mt-2">
        What was saved is safe. If you were saving, open the record again and check it before you enter the
        values a second time.
      </p>
      {error.digest ? (
        <p className="note mt-2">
          Tell your administrator this number: <span className="ink">{error.digest}</span>
        </p>
      ) : null}
      <p className="mt-4 flex gap-2">
        <button type="button" className="btn pri" onClick={() => location.reload()}>
          Try again
        </button>
        <a className="btn" href="/">
          Go to the worklist
        </a>
      </p>
    </main>
  )
}
