const ACTS: Readonly<Record<string, string>> = {
  insert: 'Entered',
  update: 'Changed',
  void: 'Voided',
  move: 'Moved',
  look: 'Looked at results by arm',
  export: 'Exported',
  import: 'Imported',
  auditExported: 'Exported the audit trail',
  rescored: 'Scored again by changed settings',
  signIn: 'Signed in',
  signInFailed: 'Sign-in failed',
  signInLockedOut: 'Sign-in locked out',
  signOut: 'Signed out',
  sessionsEnded: 'Ended the sessions',
  oneTimeLinkMade: 'Made a one-time link',
  passwordSet: 'Set the password',
  backup: 'Backed up',
  restore: 'Restored a backup',
}

const ENTITIES: Readonly<Record<string, string>> = {
  studies: 'study',
  protocol_versions: 'protocol version',
  sites: 'site',
  participants: 'participant',
  allocations: 'allocation',
  treatments: 'treatment',
  visits: 'visit',
  assessments: 'form',
  log_entries: 'log entry',
  users: 'account',
  memberships: 'role',
}

/** What was done, in words. Example: `formatAct('insert', 'treatments')` → `Entered treatment`. */
export function formatAct(act: string, entity: string | null): string {
  const verb = ACTS[act] ?? act
  return entity === null ? verb : `${verb} ${ENTITIES[entity] ?? entity}`
}
