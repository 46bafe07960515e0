import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/start-totp-enrolment.ts';

export const startTotpEnrolment: MutationResolvers['startTotpEnrolment'] = (_parent, _args, { caller, deps }) =>
  useCase.startTotpEnrolment(deps, requireUserCaller(caller));
