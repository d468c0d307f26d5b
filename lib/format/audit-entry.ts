import type { Change } from '@/lib/domain/audit/diff'

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

/** A stored value as text; an answer shows its value or why there is none. */
export function formatAuditValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(formatAuditValue).join(', ')
  if (typeof value !== 'object') return String(value)
  if ('value' in value) return formatAuditValue(value.value)
  if ('missing' in value) return `missing: ${String(value.missing)}`
  return JSON.stringify(value)
}

/** Example: `formatChange('answers.ODI_01', [{ value: 3 }, { value: 2 }])` → `ODI_01: 3 → 2`. */
export function formatChange(field: string, [old, now]: Change): string {
  const name = field.replace(/^(answers|eligibility|confirmations)\./, '')
  if (old === null) return `${name}: ${formatAuditValue(now)}`
  return `${name}: ${formatAuditValue(old)} → ${formatAuditValue(now)}`
}
