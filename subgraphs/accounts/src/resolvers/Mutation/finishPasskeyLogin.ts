import { resultOf } from '@marquee/errors';

import { AccountSuspendedError, InvalidPasskeyError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/finish-passkey-login.ts';
import { authPayload } from '../auth-payload.ts';

export const finishPasskeyLogin: MutationResolvers['finishPasskeyLogin'] = (_parent, { input }, { deps, device }) =>
  resultOf([AccountSuspendedError, InvalidPasskeyError], async () => {
    const { challengeId, response } = input;
    return authPayload(await useCase.finishPasskeyLogin(deps, { challengeId, response, device }));
  });
