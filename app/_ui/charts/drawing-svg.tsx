import type { Drawing, Mark } from './drawing'

/** Address of a participant; null where the reader may not open that one. */
export type LinkOf = (subject: string) => string | null

/**
 * A drawing on the page, in the colours of the page, named for those who do not see it. With `linkOf` its marks lead to
 * their participants; it is then a group of links and no picture.
 */
export function DrawingSvg(props: {
  drawing: Drawing
  id: string
  title: string
  description: string
  className: string
  linkOf?: LinkOf | undefined
}) {
  const { width, height, marks } = props.drawing
  const hasLinks = marks.some(mark => mark.kind === 'link' && props.linkOf?.(mark.subject))
  return (
    <svg
      className={props.className}
      viewBox={`0 0 ${width} ${Math.ceil(height)}`}
      role={hasLinks ? 'group' : 'img'}
      aria-labelledby={`${props.id}-title ${props.id}-desc`}
    >
      <title id={`${props.id}-title`}>{props.title}</title>
      <desc id={`${props.id}-desc`}>{props.description}</desc>
      <Marks marks={marks} linkOf={props.linkOf} />
    </svg>
  )
}

/** Marks in the order in which they are painted. */
export function Marks(props: { marks: readonly Mark[]; linkOf?: LinkOf | undefined }) {
  return props.marks.map((mark, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a drawing is made whole and never reordered
    <MarkElement key={index} mark={mark} linkOf={props.linkOf} />
  ))
}

function MarkElement({ mark, linkOf }: { mark: Mark; linkOf?: LinkOf | undefined }) {
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
    case 'link': {
      const href = linkOf?.(mark.subject) ?? null
      return href === null ? (
        <Marks marks={mark.marks} />
      ) : (
        <a href={href} aria-label={mark.label}>
          {mark.area && <rect {...mark.area} className="hit" />}
          <Marks marks={mark.marks} />
        </a>
      )
    }
  }
}
