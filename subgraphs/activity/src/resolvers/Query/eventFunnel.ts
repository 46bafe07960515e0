import type { QueryResolvers } from '../../generated/resolvers.ts';
import { readFunnel } from '../../use-cases/read-funnel.ts';

export const eventFunnel: QueryResolvers['eventFunnel'] = async (_parent, args, { deps }) => ({
  steps: await readFunnel(deps, args),
});
