import type { MutationResolvers } from '../../generated/resolvers.ts';
import { signedInCaller } from '../signed-in-caller.ts';

export const startTotpEnrolment: MutationResolvers['startTotpEnrolment'] = (
  _parent,
  _arguments,
  { accounts, caller },
) => accounts.startTotpEnrolment(signedInCaller(caller).userId);
