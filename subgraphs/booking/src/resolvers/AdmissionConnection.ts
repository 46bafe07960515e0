import type { Connection } from '@marquee/subgraph';

import type { AdmissionCounts } from '../domain/admissions.ts';
import type { TicketAtVenue } from '../domain/venue-staff.ts';
import type { AdmissionConnectionResolvers } from '../generated/resolvers.ts';

/** A page of the people at a show. */
export interface AdmissionsParent extends Connection<TicketAtVenue> {
  /** Counts those of all pages, once. */
  readonly counts: () => Promise<AdmissionCounts>;
}

export const AdmissionConnection: AdmissionConnectionResolvers = {
  totalCount: async ({ counts }) => (await counts()).totalCount,
  checkedIn: async ({ counts }) => (await counts()).checkedIn,
};
