import { QuerySelect, QueryText } from '@/app/_ui/query-fields'
import type { CohortControls } from '@/lib/schemas/cohort'
import type { OfferedControls } from '@/lib/schemas/offered-controls'
import { CONTROL_NAMES } from './control-names'

/** Names of what the controls offer, by code. */
export interface ControlLabels {
  readonly parameters: ReadonlyMap<string, string>
  readonly visits: ReadonlyMap<string, string>
  readonly arms: ReadonlyMap<string, string>
  readonly references: ReadonlyMap<string, string>
}

const STRATEGIES = [
  ['treatmentPolicy', 'Treatment policy: later values count'],
  ['composite', 'Composite: an event makes a non-responder'],
  ['whileOnFirstDose', 'While on first dose: later values left out'],
] as const
const AXES = [
  ['sinceDayZero', 'Since day zero'],
  ['sinceLastDose', 'Since the last dose'],
] as const
const METHODS = [
  ['observed', 'Observed cases'],
  ['nonResponder', 'Non-responder'],
  ['locf', 'Last value carried forward'],
  ['bocf', 'Baseline carried forward'],
  ['worstCase', 'Worst case'],
] as const

/** What is shown, and how it is counted: all of it stands in the address, so that a link gives the same view. */
export function ControlsForm(props: {
  controls: CohortControls
  offered: OfferedControls
  labels: ControlLabels
  /** The data cut as it was typed. */
  dataCut: string
  path: string
}) {
  const { controls, offered, labels, path } = props
  const { view } = controls
  const subgroup = view.subgroup ? `${view.subgroup.factor}:${view.subgroup.level}` : ''
  return (
    <details className="controls">
      <summary>Choose what is shown and how it is counted</summary>
      <form method="get" action={path} className="controls-grid">
        <Choices
          legend={CONTROL_NAMES.parameter}
          name="parameter"
          codes={offered.parameters}
          labels={labels.parameters}
          chosen={controls.parameters}
        />
        <Choices
          legend={CONTROL_NAMES.visit}
          name="visit"
          codes={offered.visits}
          labels={labels.visits}
          chosen={controls.visits}
        />
        {offered.arms.length > 1 && (
          <Choices
            legend={CONTROL_NAMES.arm}
            name="arm"
            codes={offered.arms}
            labels={labels.arms}
            chosen={controls.arms}
          />
        )}
        {offered.references.length > 0 && (
          <Choices
            legend={CONTROL_NAMES.reference}
            name="reference"
            codes={offered.references}
            labels={labels.references}
            chosen={controls.references}
            none="none"
          />
        )}
        <div className="controls-lines">
          <label>
            {CONTROL_NAMES.subgroup}
            <select name="subgroup" defaultValue={subgroup} key={subgroup}>
              <option value="">Everybody</option>
              {offered.subgroups
                .filter(({ levels }) => levels.length > 0)
                .map(({ factor, label, levels }) => (
                  <optgroup key={factor} label={label}>
                    {levels.map(level => (
                      <option key={level.level} value={`${factor}:${level.level}`}>
                        {label}: {level.label} (n = {level.n})
                      </option>
                    ))}
                  </optgroup>
                ))}
            </select>
            {offered.subgroups.some(({ withheld }) => withheld !== undefined) && (
              <span className="hint">
                Groups with fewer than 5 participants in an arm, and groups that leave out so few, are not
                offered while arms are closed to you.
              </span>
            )}
          </label>
          <QuerySelect
            label={CONTROL_NAMES.strategy}
            name="strategy"
            options={STRATEGIES}
            value={view.strategy}
          />
          <QuerySelect
            label={CONTROL_NAMES.missing}
            name="missing"
            options={METHODS}
            value={view.missingData}
          />
          <QuerySelect label={CONTROL_NAMES.axis} name="axis" options={AXES} value={view.timeAxis} />
          <label className="controls-check">
            <input type="checkbox" name="inWindow" value="1" defaultChecked={view.inWindowOnly} />
            {CONTROL_NAMES.inWindow}
          </label>
          <QueryText name="dataCut" label={CONTROL_NAMES.dataCut} value={props.dataCut} placeholder="today" />
          <QueryText
            name="asOf"
            label={CONTROL_NAMES.asOf}
            value={controls.asOf ?? ''}
            placeholder="the last"
            isNumber
          />
        </div>
        <div className="acts">
          <button type="submit" className="btn pri">
            Show
          </button>
          <a href={path} className="btn">
            Reset
          </a>
        </div>
      </form>
    </details>
  )
}

/** More choices than this stand in two columns. */
const MANY_CHOICES = 8

function Choices(props: {
  legend: string
  name: string
  codes: readonly string[]
  labels: ReadonlyMap<string, string>
  chosen: readonly string[]
  /** What choosing nothing gives. */
  none?: string
}) {
  return (
    <fieldset className={props.codes.length > MANY_CHOICES ? 'many' : undefined}>
      <legend>
        {props.legend}
        <span className="hint">, none chosen: {props.none ?? 'all'}</span>
      </legend>
      {props.codes.map(code => (
        <label key={code} className="controls-check">
          <input
            type="checkbox"
            name={props.name}
            value={code}
            defaultChecked={props.chosen.includes(code)}
          />
          {props.labels.get(code) ?? code}
        </label>
      ))}
    </fieldset>
  )
}
