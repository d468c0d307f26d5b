/** What the controls of the cohort are called, wherever they are offered or refused. */
export const CONTROL_NAMES = {
  parameter: 'Scores',
  visit: 'Visits',
  arm: 'Arms',
  reference: 'Published results laid over',
  subgroup: 'Subgroup at baseline',
  strategy: 'After a second dose or rescue',
  missing: 'Missing values',
  axis: 'Time',
  inWindow: 'Only values inside their visit window',
  dataCut: 'Data cut',
  asOf: 'As known at audit entry',
} as const
