import type { PolicyFunction } from '../authorization/policy.ts';

/** Loads the user id of a venue's owner; null when the venue does not exist. */
export type VenueOwner = (venueId: string) => Promise<string | null>;

/**
 * The policy `venue_sales`: a venue's sales are visible to the partner who owns it, and with the scope `reports:read`.
 *
 * A field without a `venueId` reports on the caller's own venues; booking enforces that.
 */
export function venueSales(ownerOf: VenueOwner): PolicyFunction {
  return async ({ caller, uses }) => {
    if (caller.kind !== 'user') return false;
    if (caller.scopes.includes('reports:read')) return true;
    const venues = new Set(uses.map(({ arguments: { venueId } }) => venueId ?? null));
    const answers = [...venues].map(async (venueId) => {
      if (venueId === null) return true;
      return typeof venueId === 'string' && (await ownerOf(venueId)) === caller.userId;
    });
    return (await Promise.all(answers)).every(Boolean);
  };
}
