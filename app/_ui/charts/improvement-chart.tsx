import { DrawingSvg } from './drawing-svg'
import type { ImprovementChartData } from './improvement-chart-data'
import { layOutImprovement } from './improvement-layout'

/** Bars of percent improvement in its own layout for a wide screen, a narrower one and a phone. */
export function ImprovementChart(props: {
  data: ImprovementChartData
  id: string
  title: string
  description: string
}) {
  return (
    <div className="chart chart-improvement">
      {(['narrow', 'medium', 'wide'] as const).map((size, index) => (
        <DrawingSvg
          key={size}
          id={`${props.id}-${size}`}
          className={size}
          title={props.title}
          description={props.description}
          drawing={layOutImprovement(props.data, [320, 520, 1000][index] ?? 320)}
        />
      ))}
    </div>
  )
}
