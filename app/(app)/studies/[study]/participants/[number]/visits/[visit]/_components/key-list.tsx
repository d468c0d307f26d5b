const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['Next, previous question', ['Tab', 'Shift Tab']],
  ['Choose', ['←', '→', '0–9']],
  ['Ten', ['T']],
  ['Clear', ['Del']],
  ['Not done', ['N']],
  ['History', ['H']],
  ['Next problem', ['F8']],
  ['Save and next', ['Ctrl', 'Enter']],
]

export function KeyList() {
  return (
    <section className="kb">
      <h3>Keys</h3>
      <ul>
        {KEYS.map(([name, keys]) => (
          <li key={name}>
            {name}
            <span>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
