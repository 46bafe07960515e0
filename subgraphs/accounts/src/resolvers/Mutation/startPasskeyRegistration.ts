import { requireUserCaller } from '@marquee/subgraph';

import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/start-passkey-registration.ts';

export const startPasskeyRegistration: MutationResolvers['startPasskeyRegistration'] = (
  _parent,
  _args,
  { caller, deps },
) => useCase.startPasskeyRegistration(deps, requireUserCaller(caller));
