import type { PolicyFunction } from '../authorization/policy.ts';

/** Whose venue it is: a user id, or null for a venue that does not exist. */
export type VenueOwner = (venueId: string) => Promise<string | null>;

/**
 * The policy `venue_sales`: what a venue sells is its own partner's business, and that of whoever may read any report.
 *
 * Without a venue the question is for the caller's own ones, which booking sees to.
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
