const ACTS: Readonly<Record<string, string>> = {
  insert: 'Entered',
  update: 'Changed',
  void: 'Voided',
  move: 'Moved',
  look: 'Looked at results by arm',
  export: 'Exported',
  import: 'Imported',
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
}

/** What was done, in words. Example: `formatAct('insert', 'treatments')` → `Entered treatment`. */
export function formatAct(act: string, entity: string | null): string {
  const verb = ACTS[act] ?? act
  return entity === null ? verb : `${verb} ${ENTITIES[entity] ?? entity}`
}
