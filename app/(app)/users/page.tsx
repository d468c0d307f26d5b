import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { ScrollBox } from '@/app/_ui/scroll-box'
import { newSubmissionKey, pageContext } from '@/lib/server/auth'
import { listPlaces } from '@/lib/server/sites'
import { listUsers } from '@/lib/server/users'
import { AddSiteForm } from './_components/add-site-form'
import { AddUserForm } from './_components/add-user-form'
import { UserRow } from './_components/user-row'

export const metadata: Metadata = { title: 'Users and sites' }

export default async function UsersPage() {
  const ctx = await pageContext('/users')
  const users = listUsers(ctx)
  const places = listPlaces(ctx)
  if (!users.ok || !places.ok) notFound()
  const active = users.value.filter(user => user.active).length
  return (
    <>
      <header className="head">
        <div>
          <h1>Users and sites</h1>
          <p>
            {active} active of {users.value.length} accounts. Accounts are deactivated, never deleted.
          </p>
        </div>
        <div className="acts">
          <Link href="/users/audit" className="btn" prefetch={false}>
            Audit trail
          </Link>
        </div>
      </header>
      <ScrollBox label="Accounts">
        <table className="users">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">E-mail</th>
              <th scope="col">State</th>
              <th scope="col">Roles</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {users.value.map(user => (
              <UserRow key={user.id} user={user} places={places.value} submissionKey={newSubmissionKey()} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <section className="fsec">
        <h2>Add a user</h2>
        <AddUserForm places={places.value} submissionKey={newSubmissionKey()} />
      </section>
      <section className="fsec">
        <h2>Sites</h2>
        {places.value.length === 0 ? (
          <p>No study yet. Apply a protocol on the command line: longitude study apply FILE.</p>
        ) : (
          <>
            <SitesTable places={places.value} />
            <h3>Add a site</h3>
            <AddSiteForm places={places.value} submissionKey={newSubmissionKey()} />
          </>
        )}
      </section>
    </>
  )
}

function SitesTable({ places }: { places: readonly { code: string; sites: readonly Site[] }[] }) {
  const rows = places.flatMap(study => study.sites.map(site => ({ study: study.code, ...site })))
  if (rows.length === 0) return <p>No sites yet. Add the first one; participants are numbered by its code.</p>
  return (
    <ScrollBox label="Sites of the studies">
      <table>
        <thead>
          <tr>
            <th scope="col">Study</th>
            <th scope="col">Code</th>
            <th scope="col">Name</th>
            <th scope="col">Time zone</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={`${row.study} ${row.code}`}>
              <td>{row.study}</td>
              <th scope="row">{row.code}</th>
              <td>{row.name}</td>
              <td>{row.timeZone}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

type Site = { readonly code: string; readonly name: string; readonly timeZone: string }
