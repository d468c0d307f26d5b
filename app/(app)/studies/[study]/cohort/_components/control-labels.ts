import type { CohortView } from './cohort-view'
import type { ControlLabels } from './controls-form'

/** Names of what can be chosen. Scores and arms that are left out of sight are named by the protocol or their code. */
export function labelControls(
  view: CohortView & { readonly allParameters: CohortView['parameters'] },
): ControlLabels {
  return {
    parameters: new Map(view.allParameters.map(({ parameter }) => [parameter.code, parameter.label])),
    visits: new Map(view.protocol.visits.map(({ code, name }) => [code, name])),
    arms: new Map(
      view.protocol.arms.map(({ code, name }) => [code, name === code ? code : `${code} ${name}`]),
    ),
    references: new Map(view.summary.references.map(({ code, name }) => [code, name])),
  }
}
