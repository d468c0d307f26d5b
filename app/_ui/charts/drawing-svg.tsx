import type { Drawing, Mark } from './drawing'
import { escapeMarkup, formatMarks, type LinkOf } from './mark-markup'

/**
 * A drawing on the page, in the colours of the page, named for those who do not see it. With `linkOf` its marks lead to
 * their participants; it is then a group of links and no picture. It goes out as one text: as elements each mark would be
 * sent twice, made again in the browser, and weigh more than all else on the page.
 */
export function DrawingSvg(props: {
  drawing: Drawing
  id: string
  title: string
  description: string
  className: string
  linkOf?: LinkOf | undefined
}) {
  const { id, linkOf } = props
  const { width, height, marks } = props.drawing
  const hasLinks = marks.some(mark => mark.kind === 'link' && linkOf?.(mark.subject))
  const names = [
    `<title id="${escapeMarkup(id)}-title">${escapeMarkup(props.title)}</title>`,
    `<desc id="${escapeMarkup(id)}-desc">${escapeMarkup(props.description)}</desc>`,
  ].join('')
  return (
    <svg
      className={props.className}
      viewBox={`0 0 ${width} ${Math.ceil(height)}`}
      role={hasLinks ? 'group' : 'img'}
      aria-labelledby={`${id}-title ${id}-desc`}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by formatMarks, which escapes every text
      dangerouslySetInnerHTML={{ __html: names + formatMarks(marks, linkOf) }}
    />
  )
}

/** The sample of a legend's entry, in a box of 28 by 12. */
export function SampleSvg({ marks }: { marks: readonly Mark[] }) {
  return (
    <svg
      width="28"
      height="12"
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by formatMarks, which escapes every text
      dangerouslySetInnerHTML={{ __html: formatMarks(marks) }}
    />
  )
}
