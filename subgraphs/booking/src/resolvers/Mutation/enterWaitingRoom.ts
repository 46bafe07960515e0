import { requireBuyer } from '../../access.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/enter-waiting-room.ts';

export const enterWaitingRoom: MutationResolvers['enterWaitingRoom'] = async (
  _parent,
  { showId },
  { caller, deps },
) => ({
  admission: await useCase.enterWaitingRoom(deps, { showId, ...requireBuyer(caller) }),
});
