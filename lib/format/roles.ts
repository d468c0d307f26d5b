const ROLE_NAMES: Readonly<Record<string, string>> = {
  administrator: 'Administrator',
  dataManager: 'Data manager',
  coordinator: 'Coordinator',
  investigator: 'Investigator',
  monitor: 'Monitor',
  statistician: 'Statistician',
  operator: 'command line',
  none: 'signed out',
  firstUse: 'first use',
}

/** A role as a person calls it. Example: `formatRole('dataManager')` → `'Data manager'`. */
export function formatRole(role: string): string {
  return ROLE_NAMES[role] ?? role
}
