import { connection, latestPage } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

const EVERY_STATUS = ['OPEN', 'CLEARED', 'BLOCKED'] as const;

export const riskCases: QueryResolvers['riskCases'] = async (_parent, args, { deps }) => {
  const page = latestPage(args);
  const found = await deps.riskCases.list(page, args.status ?? EVERY_STATUS);
  return connection(found, page, ({ detectedAt, id }) => [detectedAt.toISOString(), id]);
};
