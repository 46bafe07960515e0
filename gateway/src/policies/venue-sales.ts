import { type FindOrganisationRoles, organisationsFor } from '@marquee/identity';

import type { PolicyFunction } from '../authorization/policy.ts';

/** Loads the id of a venue's organisation; null when the venue does not exist. */
export type VenueOrganisation = (venueId: string) => Promise<string | null>;

/**
 * The policy `venue_sales`: a venue's sales are visible to the members of its organisation who follow them, and with the
 * scope `reports:read`.
 *
 * A field without a `venueId` reports on the caller's own organisations; booking enforces that.
 */
export function venueSales(organisationOf: VenueOrganisation, findRoles: FindOrganisationRoles): PolicyFunction {
  return async ({ caller, uses }) => {
    if (caller.kind !== 'user') return false;
    if (caller.scopes.includes('reports:read')) return true;
    const venues = new Set(uses.map(({ arguments: { venueId } }) => venueId ?? null));
    const own = organisationsFor('SALES', await findRoles(caller.userId));
    const answers = [...venues].map(async (venueId) => {
      if (venueId === null) return true;
      return typeof venueId === 'string' && own.includes((await organisationOf(venueId)) ?? '');
    });
    return (await Promise.all(answers)).every(Boolean);
  };
}
