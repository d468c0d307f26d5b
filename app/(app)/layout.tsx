import type { ReactNode } from 'react'
import { PageOwner } from '@/app/_ui/page-owner'
import { Shell } from '@/app/_ui/shell'
import { SignedOut } from '@/app/_ui/signed-out'
import type { NavItem } from '@/app/_ui/study-nav'
import { formatRole } from '@/lib/format/roles'
import { answersFormPost, currentActor, pageContext } from '@/lib/server/auth'
import type { Ctx } from '@/lib/server/context'
import { mayEver, type Permission } from '@/lib/server/policy'
import { listMyStudies } from '@/lib/server/studies'
import { signOut } from './actions'

/** Pages of a study in the order of the day, each with the permission that opens it. */
const STUDY_PAGES: readonly (readonly [string, string, Permission])[] = [
  ['worklist', 'Worklist', 'readParticipants'],
  ['participants', 'Participants', 'readParticipants'],
  ['deviations', 'Deviations', 'readParticipants'],
  ['safety', 'Safety', 'readParticipants'],
  ['cohort', 'Cohort', 'readCohort'],
  ['exports', 'Exports', 'exportData'],
  ['audit', 'Audit trail', 'readAudit'],
  ['setup', 'Study', 'readStudy'],
]

/** The shell. It decides what is linked, never what is allowed: every use case authorises for itself. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  // The page itself sends on who is not signed in: it knows its own address, to come back to.
  if (!(await currentActor())) return (await answersFormPost()) ? <SignedOut /> : children
  const ctx = await pageContext()
  const roles = [...new Set(ctx.actor.memberships.map(membership => formatRole(membership.role)))]
  const studies = listMyStudies(ctx).map(study => ({
    code: study.code,
    title: study.title,
    synthetic: study.synthetic,
    locked: study.lockedAt !== null,
    links: studyLinks(ctx, study),
  }))
  const links = mayEver(ctx, 'manageUsers', null) ? [{ href: '/users', label: 'Users and sites' }] : []
  return (
    <PageOwner id={ctx.actor.userId}>
      <Shell
        studies={studies}
        links={links}
        person={{ name: ctx.actor.name, roles: roles.join(', ') }}
        signOut={signOut}
      >
        {children}
      </Shell>
    </PageOwner>
  )
}

function studyLinks(ctx: Ctx, study: ReturnType<typeof listMyStudies>[number]): NavItem[] {
  return STUDY_PAGES.filter(([, , permission]) => mayEver(ctx, permission, study.id)).map(
    ([path, label]) => ({
      href: `/studies/${study.code}/${path}`,
      label,
    }),
  )
}
