import { armClass, drawDose, drawMarker } from '@/app/_ui/charts/drawing'

/** What the lines of the trajectories mean: arms by colour, dash and marker, individuals, second doses. */
export function TrajectoryKey(props: {
  arms: readonly { readonly arm: string; readonly label: string; readonly inSet: number }[]
  hasLines: boolean
  hasDoses: boolean
}) {
  const isSingle = props.arms.length === 1
  return (
    <div className="key">
      {props.arms.map(({ arm, label, inSet }, index) => (
        <span key={arm}>
          <svg width="28" height="12" aria-hidden="true">
            <rect className={`band ${armClass(index)}`} width="28" height="12" />
            <path className={`mean ${armClass(index)}`} d="M0 6h28" />
            <path {...pathOf(drawMarker(index, 14, 6, 3.5))} />
          </svg>
          {isSingle ? 'Mean and 95% CI' : `${arm} ${label}, n = ${inSet}: mean and 95% CI`}
        </span>
      ))}
      {props.hasLines && (
        <span>
          <svg width="22" height="10" aria-hidden="true">
            <path className="ind" d="M0 5h22" />
          </svg>
          One participant{isSingle ? '' : ' (in the colour of the arm)'}; dotted across a missing visit
        </span>
      )}
      {props.hasDoses && <DoseKey text="Last value before a second dose" />}
    </div>
  )
}

const BARS = [
  ['b50', '50% or more'],
  ['b30', '30 to under 50%'],
  ['b0', 'above 0 to under 30%'],
  ['bneg', 'worse'],
] as const

/** What the bars of improvement mean. */
export function ImprovementKey({ doses, lowBaseline }: { doses: string | null; lowBaseline: string | null }) {
  return (
    <div className="key">
      {BARS.map(([className, text]) => (
        <span key={className}>
          <svg width="12" height="12" aria-hidden="true">
            <rect className={className} width="12" height="12" />
          </svg>
          {text}
        </span>
      ))}
      {doses !== null && <DoseKey text={doses} />}
      {lowBaseline !== null && <span>† {lowBaseline}</span>}
    </div>
  )
}

function DoseKey({ text }: { text: string }) {
  return (
    <span>
      <svg width="11" height="11" aria-hidden="true">
        <path {...pathOf(drawDose(5.5, 5.5))} />
      </svg>
      {text}
    </span>
  )
}

function pathOf(mark: ReturnType<typeof drawMarker>) {
  return mark.kind === 'path' ? { d: mark.d, className: mark.className } : {}
}
