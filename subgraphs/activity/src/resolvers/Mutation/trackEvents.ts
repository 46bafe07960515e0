import { userIdOf } from '@marquee/subgraph';
import { networkOf } from '@marquee/identity';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/track-events.ts';

export const trackEvents: MutationResolvers['trackEvents'] = (_parent, { events }, { caller, device, deps }) => {
  const network = device.address === null ? null : networkOf(device.address);
  return useCase.trackEvents(deps, { userId: userIdOf(caller), network, userAgent: device.userAgent }, events);
};
