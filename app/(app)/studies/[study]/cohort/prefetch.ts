/**
 * Whether a browser fetches ahead of a person's decision. A look at results counts when somebody looks, so that nothing is
 * computed, recorded or handed out before. (The router's own prefetch stops at the layout and never renders a page.)
 */
export function isPrefetch(headers: { get(name: string): string | null }): boolean {
  return [headers.get('purpose'), headers.get('sec-purpose')].some(
    purpose => purpose?.includes('prefetch') === true,
  )
}
