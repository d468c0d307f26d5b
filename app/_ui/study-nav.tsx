'use client'

import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { SyntheticBadge } from './synthetic-badge'

export interface StudyInNav {
  readonly code: string
  readonly title: string
  readonly synthetic: boolean
  readonly locked: boolean
  readonly links: readonly NavItem[]
}

export interface NavItem {
  readonly href: string
  readonly label: string
}

/** The study that the address names, or the person's first; its pages, then those of no study. */
export function StudyNav({ studies, links }: { studies: readonly StudyInNav[]; links: readonly NavItem[] }) {
  const path = usePathname()
  const current = studies.find(study => path.startsWith(`/studies/${study.code}/`)) ?? studies[0]
  const others = studies.filter(study => study !== current)
  return (
    <>
      {current && (
        <div className="study">
          <b>{current.code}</b>
          <span>{current.title}</span>
          {current.synthetic && <SyntheticBadge />}
          {current.locked && <span className="chip">Locked</span>}
        </div>
      )}
      <nav className="nav" aria-label="Main">
        {[...(current?.links ?? []), ...links].map(item => (
          <NavLink key={item.href} item={item} path={path} />
        ))}
        {others.map(study => (
          <NavLink
            key={study.code}
            item={{ href: `/studies/${study.code}/worklist`, label: `Study ${study.code}` }}
            path={path}
          />
        ))}
      </nav>
    </>
  )
}

/** Not prefetched: a look at a page counts, and only when a person looks. */
function NavLink({ item, path }: { item: NavItem; path: string }) {
  const isHere = path === item.href || path.startsWith(`${item.href}/`)
  return (
    <Link href={item.href} prefetch={false} aria-current={isHere ? 'page' : undefined}>
      {item.label}
      <Updating />
    </Link>
  )
}

/** While the page is fetched. A loading page instead would keep the page itself from those without JavaScript. */
function Updating() {
  const { pending } = useLinkStatus()
  return (
    <span className="ink3" aria-live="polite">
      {pending && ' Updating…'}
    </span>
  )
}
