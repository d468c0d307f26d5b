import { SelectField } from '@/app/_ui/fields'

export interface Places {
  readonly code: string
  readonly title: string
  readonly sites: readonly { readonly code: string; readonly name: string }[]
}

export const ROLE_OPTIONS = [
  { value: 'administrator', label: 'Administrator: users, roles, sites; no clinical data' },
  { value: 'dataManager', label: 'Data manager: set-up, import, locks, exports; all sites' },
  { value: 'coordinator', label: 'Coordinator: registers and enters' },
  { value: 'investigator', label: 'Investigator: reads participants and the pooled cohort' },
  { value: 'monitor', label: 'Monitor: reads and verifies' },
  { value: 'statistician', label: 'Statistician: cohort and exports' },
] as const

/** Role, study and site of a membership; a site left empty is every site of the study. */
export function RoleFields({ places }: { places: readonly Places[] }) {
  const sites = places.flatMap(study =>
    study.sites.map(site => ({ value: site.code, label: `${site.code} ${site.name} (${study.code})` })),
  )
  const once = sites.filter((site, at) => sites.findIndex(other => other.value === site.value) === at)
  return (
    <>
      <SelectField name="role" label="Role" options={ROLE_OPTIONS} />
      <SelectField
        name="study"
        label="Study"
        options={places.map(study => ({ value: study.code, label: study.code }))}
        placeholder="None (administrators)"
      />
      <SelectField name="site" label="Site" options={once} placeholder="All sites" />
    </>
  )
}
