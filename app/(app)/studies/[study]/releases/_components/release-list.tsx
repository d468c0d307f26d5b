import { ConfirmField } from '@/app/_ui/confirm-field'
import { ActionForm } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import { SubmitButton } from '@/app/_ui/submit-button'
import { VersionField } from '@/app/_ui/version-field'
import { FormFold } from '@/app/(app)/studies/[study]/participants/[number]/_components/form-fold'
import { formatInstant } from '@/lib/format/dates'
import type { ListedRelease } from '@/lib/schemas/releases'
import { withdrawRelease } from '../actions'
import { AUDIENCES, describeTimes, LEVELS } from './release-words'

interface ReleaseListProps {
  study: string
  releases: readonly ListedRelease[]
  mayWithdraw: boolean
  /** A submission key for each form. */
  newKey: () => string
}

/** Every release of the study, those withdrawn too, the latest first. */
export function ReleaseList(props: ReleaseListProps) {
  const { releases } = props
  if (releases.length === 0) {
    return (
      <section className="fsec">
        <h2>Releases</h2>
        <p>None. Results by arm open with the lock of the study.</p>
      </section>
    )
  }
  return (
    <section className="fsec">
      <h2>Releases</h2>
      <ul>
        {releases.map(release => (
          <li key={release.id} className="py-2">
            <h3>
              {LEVELS[release.level]}{' '}
              <span className="chip">{release.withdrawn ? 'Withdrawn' : 'In force'}</span>
            </h3>
            <p>
              Opened to: {AUDIENCES[release.audience]}. Released{' '}
              <span className="nw">{formatInstant(release.releasedAt)}</span> by {release.releasedBy}:{' '}
              {release.reason}. Seen {describeTimes(release.sights)}.
            </p>
            {release.withdrawn && (
              <p>
                Withdrawn <span className="nw">{formatInstant(release.withdrawn.at)}</span> by{' '}
                {release.withdrawn.by}: {release.withdrawn.reason}.
              </p>
            )}
            <WithdrawForm {...props} release={release} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function WithdrawForm({
  release,
  study,
  mayWithdraw,
  newKey,
}: ReleaseListProps & { release: ListedRelease }) {
  const { id, sights, version, withdrawn } = release
  const seen =
    sights === 0
      ? 'Nobody has seen results by this release yet.'
      : `Results were seen by this release ${describeTimes(sights)}. What was seen stays seen; the reason will say so.`
  return (
    <ActionForm
      action={withdrawRelease}
      submissionKey={newKey()}
      id={`withdraw-${id}`}
      about={{ release: String(id) }}
      label={`Withdraw the release of ${formatInstant(release.releasedAt)}`}
      closed={!mayWithdraw || withdrawn !== null}
    >
      <input type="hidden" name="study" value={study} />
      <input type="hidden" name="release" value={id} />
      <VersionField name="version" value={version} />
      <FormFold title="Withdraw">
        <ReasonField label="Reason to withdraw" reasons={REASONS} />
        <ConfirmField what={seen} label="Close results by arm again all the same" />
        <SubmitButton className="btn">Withdraw the release</SubmitButton>
      </FormFold>
    </ActionForm>
  )
}

const REASONS = ['Meeting is over', 'Analysis is done', 'Released by mistake'] as const
