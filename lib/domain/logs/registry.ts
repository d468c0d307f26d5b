import { adverseEvents } from '@/lib/domain/logs/adverse-events'
import { appointments } from '@/lib/domain/logs/appointments'
import { conditions } from '@/lib/domain/logs/conditions'
import { consents } from '@/lib/domain/logs/consents'
import { contacts } from '@/lib/domain/logs/contacts'
import { departures } from '@/lib/domain/logs/departures'
import { deviations } from '@/lib/domain/logs/deviations'
import { harvests } from '@/lib/domain/logs/harvests'
import { interventions } from '@/lib/domain/logs/interventions'
import type { Log } from '@/lib/domain/logs/log'
import { medications } from '@/lib/domain/logs/medications'

/** Every log of the product, in the order in which a participant's page offers them. */
export const LOGS: readonly Log[] = [
  adverseEvents,
  medications,
  interventions,
  conditions,
  harvests,
  deviations,
  appointments,
  contacts,
  consents,
  departures,
]

/** The log of that code; `undefined` where there is none. Example: `findLog('conditions')?.path` → `'conditions'`. */
export function findLog(code: string): Log | undefined {
  return LOGS.find(log => log.code === code)
}

/** The log whose pages have that address; `undefined` where there is none. Example: `findLogByPath('adverse-events')`. */
export function findLogByPath(path: string): Log | undefined {
  return LOGS.find(log => log.path === path)
}
