import Link from 'next/link'

/** Where a page of a log stands: the list of participants, the participant, the log. */
export function LogCrumbs(props: {
  study: string
  number: string
  log?: { readonly path: string; readonly name: string }
  here: string
}) {
  const list = `/studies/${props.study}/participants`
  const participant = `${list}/${encodeURIComponent(props.number)}`
  return (
    <p className="crumb">
      <Link href={list} prefetch={false}>
        Participants
      </Link>{' '}
      /{' '}
      <Link href={participant} prefetch={false}>
        {props.number}
      </Link>{' '}
      /{' '}
      {props.log && (
        <>
          <Link href={`${participant}/logs/${props.log.path}`} prefetch={false}>
            {props.log.name}
          </Link>{' '}
          /{' '}
        </>
      )}
      {props.here}
    </p>
  )
}
