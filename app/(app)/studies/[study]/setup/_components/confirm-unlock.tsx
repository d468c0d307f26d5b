import { ConfirmField } from '@/app/_ui/confirm-field'

/** What the lock has opened, and the box that confirms that the study is unlocked all the same. */
export function ConfirmUnlock({ sights }: { sights: number }) {
  const seen =
    sights === 0
      ? 'Nobody to whom it opened them has seen them yet.'
      : `People to whom it opened them have seen them ${sights === 1 ? '1 time' : `${sights} times`}; the reason will say so, and the cohort page too.`
  return (
    <ConfirmField
      what={`The lock opened results by arm to site roles. ${seen}`}
      label="Change the study again all the same"
    />
  )
}
