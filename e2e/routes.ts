import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROLES, type Role } from './fixtures/demo'

const folder = join(import.meta.dirname, '../app')

/** Every page and route handler of the app/ folder as its address pattern, so that none is forgotten. */
export function listRoutes(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map(file => {
      const parts = file.split('/').slice(0, -1)
      return `/${parts.filter(part => !/^\(.*\)$/.test(part)).join('/')}`
    })
    .sort()
}

const READERS: readonly Role[] = ['coordinator', 'investigator', 'monitor', 'dataManager']
const REPORT: readonly Role[] = ['coordinator', 'investigator', 'statistician', 'dataManager']

export interface RouteLine {
  /** An address of the pattern in the demonstration. */
  readonly address: string
  /** Who may open it; `everyone` without signing in. */
  readonly open: readonly Role[] | 'everyone'
  /** What another site's coordinator gets: the page of their own site, or the same answer as an absent one. */
  readonly foreignSite?: 'ownSite' | 'absent' | 'refused'
  /** The same address with what does not exist. */
  readonly absent?: string
  /** A page with a heading, to be looked at; else a file, a redirect or an answer for programs. */
  readonly isScreen: boolean
  /** So long that its viewers share the four looks, one each. */
  readonly isLong?: true
}

const FILTER = '?dataCut=2026-01-01&flavour=analysis'
const study = '/studies/ADMSC'
const participant = `${study}/participants/MEL-001`
const noParticipant = `${study}/participants/MEL-999`

/**
 * Written out by hand, not derived from the policy: the table of roles in trust.md as routes. It goes beyond that table
 * twice, as the README says: a coordinator reads the pooled cohort of the study and exports the own sites; an
 * investigator exports the own sites.
 */
export const ROUTES: Readonly<Record<string, RouteLine>> = {
  '/': { address: '/', open: ROLES, isScreen: false },
  '/api/auth/[...nextauth]': { address: '/api/auth/csrf', open: 'everyone', isScreen: false },
  // Takes posts only; who may is tried by the journey of drafts.
  '/api/drafts': { address: '/api/drafts', open: 'everyone', isScreen: false },
  '/api/exports/[study]/[file]': {
    address: `/api/exports/ADMSC/participants.csv${FILTER}`,
    open: REPORT,
    absent: `/api/exports/NOSUCH/participants.csv${FILTER}`,
    isScreen: false,
  },
  '/api/health': { address: '/api/health', open: 'everyone', isScreen: false },
  '/first-use': { address: '/first-use', open: 'everyone', isScreen: true },
  '/set-password': { address: '/set-password', open: 'everyone', isScreen: true },
  '/sign-in': { address: '/sign-in?cookies=needed', open: 'everyone', isScreen: true },
  '/studies/[study]/audit': {
    address: `${study}/audit`,
    open: ['investigator', 'monitor', 'dataManager'],
    absent: '/studies/NOSUCH/audit',
    isScreen: true,
  },
  '/studies/[study]/cohort': {
    address: `${study}/cohort`,
    open: REPORT,
    absent: '/studies/NOSUCH/cohort',
    foreignSite: 'ownSite',
    isScreen: true,
    isLong: true,
  },
  '/studies/[study]/cohort/explain': {
    address: `${study}/cohort/explain?parameter=NPRS_AVG&visit=M12&rule=PAIN50&from=100`,
    open: REPORT,
    absent: '/studies/NOSUCH/cohort/explain',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/cohort/figures/[figure]': {
    address: `${study}/cohort/figures/trajectories.csv`,
    open: REPORT,
    absent: '/studies/NOSUCH/cohort/figures/trajectories.csv',
    foreignSite: 'ownSite',
    isScreen: false,
  },
  '/studies/[study]/cohort/report': {
    address: `${study}/cohort/report`,
    open: REPORT,
    absent: '/studies/NOSUCH/cohort/report',
    foreignSite: 'ownSite',
    isScreen: false,
  },
  '/studies/[study]/cohort/since': {
    address: `${study}/cohort/since`,
    open: REPORT,
    absent: '/studies/NOSUCH/cohort/since',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/deviations': {
    address: `${study}/deviations`,
    open: READERS,
    absent: '/studies/NOSUCH/deviations',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/exports': {
    address: `${study}/exports`,
    open: REPORT,
    absent: '/studies/NOSUCH/exports',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/instruments': {
    address: `${study}/instruments`,
    open: ['coordinator', 'investigator', 'monitor', 'statistician', 'dataManager'],
    absent: '/studies/NOSUCH/instruments',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/participants': {
    address: `${study}/participants`,
    open: READERS,
    absent: '/studies/NOSUCH/participants',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]': {
    address: participant,
    open: READERS,
    absent: noParticipant,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/history': {
    address: `${participant}/history`,
    open: READERS,
    absent: `${noParticipant}/history`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/story': {
    address: `${participant}/story`,
    open: READERS,
    absent: `${noParticipant}/story`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/story/files/[file]': {
    address: `${participant}/story/files/story.csv`,
    open: READERS,
    absent: `${noParticipant}/story/files/story.csv`,
    foreignSite: 'absent',
    isScreen: false,
  },
  '/studies/[study]/participants/[number]/logs/[log]': {
    address: `${participant}/logs/conditions`,
    open: READERS,
    absent: `${noParticipant}/logs/conditions`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/logs/[log]/[entry]': {
    address: `${participant}/logs/conditions/new`,
    open: ['coordinator'],
    absent: `${noParticipant}/logs/conditions/new`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/mend': {
    address: `${participant}/mend`,
    open: ['coordinator', 'dataManager'],
    absent: `${noParticipant}/mend`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/mend/doses/[dose]': {
    address: `${participant}/mend/doses/1?toNumber=MEL-002`,
    open: ['coordinator', 'dataManager'],
    absent: `${noParticipant}/mend/doses/1?toNumber=MEL-002`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/mend/duplicate': {
    address: `${participant}/mend/duplicate?keptNumber=MEL-002`,
    open: ['coordinator', 'dataManager'],
    absent: `${noParticipant}/mend/duplicate?keptNumber=MEL-002`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/mend/registration': {
    address: `${participant}/mend/registration`,
    open: ['coordinator', 'dataManager'],
    absent: `${noParticipant}/mend/registration`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/mend/visits/[visit]': {
    address: `${participant}/mend/visits/M12?toNumber=MEL-002&toVisit=M12`,
    open: ['coordinator', 'dataManager'],
    absent: `${noParticipant}/mend/visits/M12?toNumber=MEL-002&toVisit=M12`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/reports': {
    address: `${participant}/reports`,
    open: READERS,
    absent: `${noParticipant}/reports`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/unscheduled': {
    address: `${participant}/unscheduled`,
    open: ['coordinator'],
    absent: `${noParticipant}/unscheduled`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/visits/[visit]': {
    address: `${participant}/visits/M12`,
    open: READERS,
    absent: `${noParticipant}/visits/M12`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/doses/[dose]': {
    address: `${participant}/doses/1`,
    open: READERS,
    absent: `${noParticipant}/doses/1`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/visits/[visit]/sheet': {
    address: `${participant}/visits/M12/sheet`,
    open: READERS,
    absent: `${noParticipant}/visits/M12/sheet`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/visits/[visit]/second': {
    address: `${participant}/visits/M12/second`,
    open: ['coordinator'],
    absent: `${noParticipant}/visits/M12/second`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/[number]/visits/[visit]/second/settle': {
    address: `${participant}/visits/M12/second/settle`,
    open: ['coordinator', 'dataManager'],
    absent: `${noParticipant}/visits/M12/second/settle`,
    foreignSite: 'absent',
    isScreen: true,
  },
  '/studies/[study]/participants/register': {
    address: `${study}/participants/register`,
    open: ['coordinator'],
    absent: '/studies/NOSUCH/participants/register',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/releases': {
    address: `${study}/releases`,
    open: ['coordinator', 'investigator', 'monitor', 'statistician', 'dataManager'],
    absent: '/studies/NOSUCH/releases',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/safety': {
    address: `${study}/safety`,
    open: READERS,
    absent: '/studies/NOSUCH/safety',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/setup': {
    address: `${study}/setup`,
    open: ['coordinator', 'investigator', 'monitor', 'statistician', 'dataManager'],
    absent: '/studies/NOSUCH/setup',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/worklist': {
    address: `${study}/worklist`,
    open: READERS,
    absent: '/studies/NOSUCH/worklist',
    foreignSite: 'ownSite',
    isScreen: true,
  },
  '/studies/[study]/worklist/next': {
    address: `${study}/worklist/next?number=MEL-001&visit=M24`,
    open: ['coordinator'],
    absent: '/studies/NOSUCH/worklist/next?number=MEL-001&visit=M24',
    foreignSite: 'ownSite',
    isScreen: false,
  },
  '/users': { address: '/users', open: ['administrator'], isScreen: true },
  '/users/audit': { address: '/users/audit', open: ['administrator'], isScreen: true },
}
