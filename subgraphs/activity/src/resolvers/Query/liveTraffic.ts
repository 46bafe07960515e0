import type { QueryResolvers } from '../../generated/resolvers.ts';
import { readTraffic } from '../../use-cases/read-traffic.ts';

export const liveTraffic: QueryResolvers['liveTraffic'] = (_parent, { minutes }, { deps }) =>
  readTraffic(deps, minutes);
