/** Made-up participants; stands on every page, print and export of such a study. */
export function SyntheticBadge() {
  return <span className="chip synthetic">Synthetic data</span>
}
