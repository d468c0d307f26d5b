/** What stands against a move, in place of the form that would do it. */
export function NotPossible({ problems }: { problems: readonly string[] }) {
  return (
    <div className="formmsg err" role="alert">
      <p>
        <b>This move is not possible.</b>
      </p>
      <ul>
        {[...new Set(problems)].map(text => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
