import { connection, invalidCursor, pageArguments, userIdOf } from '@marquee/subgraph';

import { requireStaffOrAdministrator } from '../access.ts';
import type { AdmissionCounts } from '../domain/admissions.ts';
import { lowestAllInPrice, rulesFor } from '../domain/price.ts';
import type { ShowResolvers } from '../generated/resolvers.ts';
import { findAdmissions } from '../use-cases/find-admissions.ts';

export const Show: ShowResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  seatMap: async ({ id }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(id);
    return show && deps.seatMaps.read(show);
  },
  maxSeatsPerCustomer: async ({ id }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(id);
    return show && (show.maxSeatsPerCustomer ?? deps.seatLimits.maxSeatsPerCustomer);
  },
  allInPriceFrom: async ({ id }, _args, { deps, loaders }) => {
    const show = await loaders.shows.load(id);
    return show && lowestAllInPrice(show, rulesFor(deps.pricing, show));
  },
  admissions: async ({ id }, { search, ...args }, { caller, looks, deps, loaders }) => {
    const show = await loaders.shows.load(id);
    if (!show) return null;
    await requireStaffOrAdministrator(deps, show, { caller, looks }, 'CHECK_IN');
    const page = admissionsPage(args);
    const query = await findAdmissions(deps, show, search ?? null);
    let counted: Promise<AdmissionCounts> | undefined;
    const counts = () => (counted ??= deps.admissions.count(query));
    const shownTo = userIdOf(caller) ?? undefined;
    const tickets = (await deps.admissions.page(query, page)).map((ticket) => ({ ...ticket, shownTo }));
    return { counts, ...connection(tickets, page, ({ id: ticketId }) => [ticketId]) };
  },
  availability: ({ id }, _args, { loaders }) => loaders.availability.load(id),
};

function admissionsPage(args: Parameters<typeof pageArguments>[0]): { limit: number; after: string | null } {
  const { limit, after } = pageArguments(args, 1);
  const [id = null] = after ?? [];
  if (typeof id === 'number') throw invalidCursor();
  return { limit, after: id };
}
