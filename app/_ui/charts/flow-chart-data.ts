/** Boxes of a flow of participants. */
export interface FlowChartData {
  /** Everybody, top to bottom; who goes no further leaves to the side below a box. */
  readonly steps: readonly FlowStep[]
  /** One for each arm: its boxes, top to bottom, as many in each. */
  readonly arms: readonly (readonly FlowBox[])[]
}

export interface FlowStep {
  readonly box: FlowBox
  readonly aside: readonly FlowBox[]
}

export interface FlowBox {
  readonly title: string
  readonly count: number
  readonly lines: readonly FlowLine[]
}

/** A part of a box; `level` 1 is a part of the line above it. */
export interface FlowLine {
  readonly text: string
  readonly count: number
  readonly level: 0 | 1
}
