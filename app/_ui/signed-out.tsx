/** The answer to a form that was posted without JavaScript after the session ended; the browser still has the form. */
export function SignedOut() {
  return (
    <main id="main" className="door">
      <h1>Signed out</h1>
      <p role="alert">
        Nothing was saved. <b>Keep this page open:</b> it holds what you typed.
      </p>
      <ol className="list-decimal pl-5">
        <li>
          <a href="/sign-in" target="_blank" rel="noreferrer">
            Sign in in a new tab
          </a>
          .
        </li>
        <li>Come back here, reload this page, and confirm that the form is sent again.</li>
      </ol>
      <p>Nothing typed is lost, and the form is stored once.</p>
    </main>
  )
}
