'use client'

import './globals.css'

// Stands in for the root layout when that fails. It is made at build time, so it must read well without scripts.
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Not available · Longitude</title>
        <main id="main" className="mx-auto max-w-(--measure) p-(--gutter)">
          <h1>Longitude cannot answer at the moment</h1>
          <p className="mt-2">
            What was saved is safe. Wait a minute, then load the page again. If it stays like this, tell your
            administrator.
          </p>
          {error.digest ? <p className="note mt-2">Number for the administrator: {error.digest}</p> : null}
          <p className="mt-4">
            <a className="btn" href="/">
              Load the worklist
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
