import type { Drawing, Mark } from './drawing'

/** A drawing on the page, in the colours of the page, named for those who do not see it. */
export function DrawingSvg(props: {
  drawing: Drawing
  id: string
  title: string
  description: string
  className: string
}) {
  const { width, height, marks } = props.drawing
  return (
    <svg
      className={props.className}
      viewBox={`0 0 ${width} ${Math.ceil(height)}`}
      role="img"
      aria-labelledby={`${props.id}-title ${props.id}-desc`}
    >
      <title id={`${props.id}-title`}>{props.title}</title>
      <desc id={`${props.id}-desc`}>{props.description}</desc>
      {marks.map((mark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing is made whole and never reordered
        <MarkElement key={index} mark={mark} />
      ))}
    </svg>
  )
}

function MarkElement({ mark }: { mark: Mark }) {
  switch (mark.kind) {
    case 'path':
      return <path d={mark.d} className={mark.className} />
    case 'rect':
      return <rect x={mark.x} y={mark.y} width={mark.width} height={mark.height} className={mark.className} />
    case 'text':
      return (
        <text x={mark.x} y={mark.y} textAnchor={mark.anchor} className={mark.className || undefined}>
          {mark.text}
        </text>
      )
  }
}
