/**
 * Whether a request fetches ahead of a person's decision. A look at results counts when somebody looks, so that nothing
 * is computed, recorded or handed out before.
 */
export function isPrefetch(headers: { get(name: string): string | null }): boolean {
  const purpose = `${headers.get('purpose') ?? ''} ${headers.get('sec-purpose') ?? ''}`
  return headers.get('next-router-prefetch') !== null || purpose.includes('prefetch')
}
