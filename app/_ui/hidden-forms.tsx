import Link from 'next/link'

/** Forms whose values are not shown to the person who may make their second entry, and where to make it. */
export function HiddenForms(props: {
  /** The participant's page. */
  path: string
  forms: readonly { readonly visit: string; readonly name: string }[]
}) {
  if (props.forms.length === 0) return null
  return (
    <div className="formmsg" role="note">
      <b>Hidden until you have entered it again:</b>{' '}
      {props.forms.map(({ visit, name }, index) => (
        <span key={`${visit} ${name}`}>
          {index > 0 && '; '}
          <Link
            className="underline"
            href={`${props.path}/visits/${encodeURIComponent(visit)}/second`}
            prefetch={false}
          >
            {name}
          </Link>
        </span>
      ))}
      . The second entry is made from the source, without sight of the first.
    </div>
  )
}
