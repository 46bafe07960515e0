const COLORS = 6;

/** The colour of a price tier, by its place among the tiers. */
export function tierColor(tiers: readonly string[], tier: string): string {
  return `var(--tier-${(Math.max(0, tiers.indexOf(tier.trim())) % COLORS) + 1})`;
}
