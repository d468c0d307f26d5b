import { redirect } from 'next/navigation'
import { pageContext } from '@/lib/server/auth'
import { mayEver } from '@/lib/server/policy'
import { listMyStudies } from '@/lib/server/studies'

/** Where a person's day begins: the worklist of the first study, else what their role is for. */
export default async function HomePage() {
  const ctx = await pageContext()
  const [study] = listMyStudies(ctx)
  if (study && mayEver(ctx, 'readParticipants', study.id)) redirect(`/studies/${study.code}/worklist`)
  if (study) redirect(`/studies/${study.code}/cohort`)
  if (mayEver(ctx, 'manageUsers', null)) redirect('/users')
  return (
    <>
      <h1>No study yet</h1>
      <p>You are not a member of a study. Ask an administrator to add you.</p>
    </>
  )
}
