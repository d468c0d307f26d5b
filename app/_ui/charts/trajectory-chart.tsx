import { DrawingSvg } from './drawing-svg'
import type { TrajectoryChartData } from './trajectory-chart-data'
import { layOutTrajectories, TRAJECTORY_WIDTHS } from './trajectory-layout'

/** One panel of trajectories in its own layout for a screen and for a phone; charts.css shows the one that fits. */
export function TrajectoryChart({
  data,
  id,
  description,
}: {
  data: TrajectoryChartData
  id: string
  description: string
}) {
  return (
    <div className="chart chart-trajectory">
      {(['narrow', 'wide'] as const).map(size => (
        <DrawingSvg
          key={size}
          id={`${id}-${size}`}
          className={size}
          title={data.label}
          description={description}
          drawing={layOutTrajectories(data, TRAJECTORY_WIDTHS[size])}
        />
      ))}
    </div>
  )
}
