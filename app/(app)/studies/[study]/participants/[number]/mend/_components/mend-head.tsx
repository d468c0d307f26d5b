import Link from 'next/link'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'

/** Crumbs and title of a page of mending. */
export function MendHead(props: {
  study: { readonly code: string; readonly synthetic: boolean }
  number: string
  title: string
  children: string
}) {
  const { study, number, title } = props
  const list = `/studies/${encodeURIComponent(study.code)}/participants`
  return (
    <>
      <p className="crumb">
        <Link href={list} prefetch={false}>
          Participants
        </Link>{' '}
        /{' '}
        <Link href={`${list}/${encodeURIComponent(number)}`} prefetch={false}>
          {number}
        </Link>{' '}
        / {title}
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>{title}</h1>
            {study.synthetic && <SyntheticBadge />}
          </div>
          <p>{props.children}</p>
        </div>
      </div>
    </>
  )
}
