const PREFIX = 'marquee.backoffice.tiers.';

/** Keeps the tiers of a screen that was made in this browser, for its first shows. */
export function keepTiers(screenId: string, tiers: readonly string[]): void {
  localStorage.setItem(PREFIX + screenId, JSON.stringify(tiers));
}

/** @returns undefined for a screen that was made elsewhere */
export function knownTiers(screenId: string): readonly string[] | undefined {
  const text = localStorage.getItem(PREFIX + screenId);
  return text === null ? undefined : (JSON.parse(text) as readonly string[]);
}
