export function LinkUnusable() {
  return (
    <>
      <h1>This link cannot be used</h1>
      <p>
        It was used already, is older than 72 hours, or is not complete. Ask an administrator for a new one.
      </p>
      <p>
        <a href="/sign-in">Sign in</a>
      </p>
    </>
  )
}
