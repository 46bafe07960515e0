import { connection, latestPage } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const moderationQueue: QueryResolvers['moderationQueue'] = async (_parent, args, { deps }) => {
  const page = latestPage(args);
  return connection(await deps.queue.list(page), page, ({ queuedAt, id }) => [queuedAt?.toISOString() ?? '', id]);
};
