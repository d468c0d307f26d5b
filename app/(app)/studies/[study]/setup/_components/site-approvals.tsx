import { DateField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { KeepingButton } from '@/app/_ui/keeping-button'
import { ReasonField } from '@/app/_ui/reason-field'
import { VersionField } from '@/app/_ui/version-field'
import { Questions } from '@/app/(app)/studies/[study]/participants/_components/questions'
import { FormFold } from '@/app/(app)/studies/[study]/participants/[number]/_components/form-fold'
import { formatDate } from '@/lib/format/dates'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { SiteApprovals } from '@/lib/schemas/site-approvals'
import { setSiteApproval, voidSiteApproval } from '../actions'

/** When each protocol version was approved at each site, and the forms of who may record it. */
export function SiteApprovalTable(props: {
  study: string
  sites: readonly SiteApprovals[]
  mayChange: boolean
  /** A submission key for each form. */
  newKey: () => string
  /** What was kept of one of the forms. */
  draftOf: (form: string) => FormDraft | null
}) {
  const { study, sites, mayChange, newKey, draftOf } = props
  if (sites.length === 0) return null
  return (
    <section className="fsec" id="approvals">
      <h2>Approval by site</h2>
      <p className="note">
        From its approval on, a version is in effect at the site. Where none is recorded, the date of the
        version counts. Visits that a version adds follow, for every participant of the site.
      </p>
      {sites.map(({ site, siteName, versions }) => (
        <section key={site} aria-labelledby={`approvals-${site}`} className="py-2">
          <h3 id={`approvals-${site}`}>
            {site} {siteName}
          </h3>
          <ul>
            {versions.map(({ number, approval }) => (
              <li key={number} className="py-1">
                Version {number}: {approval ? `approved ${formatDate(approval.approvedOn)}` : 'not recorded'}
                <ApprovalForms {...{ study, site, number, approval, newKey, draftOf }} closed={!mayChange} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

function ApprovalForms(props: {
  study: string
  site: string
  number: string
  approval: SiteApprovals['versions'][number]['approval']
  closed: boolean
  newKey: () => string
  draftOf: (form: string) => FormDraft | null
}) {
  const { study, site, number, approval, closed, newKey, draftOf } = props
  const id = `approval-${site}-${number}`.replace(/[^A-Za-z0-9-]/g, '-')
  const about = { site, protocolVersion: number }
  const names = (
    <>
      <input type="hidden" name="study" value={study} />
      <input type="hidden" name="site" value={site} />
      <input type="hidden" name="protocolVersion" value={number} />
      <VersionField name="version" value={approval?.version ?? null} />
    </>
  )
  const verb = approval ? 'Correct' : 'Record'
  return (
    <>
      <ActionForm
        action={setSiteApproval}
        submissionKey={newKey()}
        id={id}
        draft={draftOf(id)}
        about={about}
        label={`${verb} the approval of version ${number} at ${site}`}
        closed={closed}
      >
        {names}
        <FormFold title={verb}>
          <Questions />
          <DateField
            name="approvedOn"
            label="Day of approval"
            value={approval ? formatDate(approval.approvedOn) : null}
            hint="For example 16 Apr 2026"
          />
          {approval && <ReasonField />}
          <KeepingButton>{verb}</KeepingButton>
        </FormFold>
      </ActionForm>
      <ActionForm
        action={voidSiteApproval}
        submissionKey={newKey()}
        id={`${id}-void`}
        draft={draftOf(`${id}-void`)}
        about={about}
        label={`Void the approval of version ${number} at ${site}`}
        closed={closed || approval === null}
      >
        {names}
        <FormFold title="Void">
          <Questions />
          <ReasonField label="Reason" />
          <KeepingButton className="btn">Void</KeepingButton>
        </FormFold>
      </ActionForm>
    </>
  )
}
