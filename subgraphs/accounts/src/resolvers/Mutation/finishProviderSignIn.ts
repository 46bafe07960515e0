import { resultOf } from '@marquee/errors';

import { AccountSuspendedError, ProviderSignInError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/finish-provider-sign-in.ts';
import { signInAnswer } from '../auth-payload.ts';

export const finishProviderSignIn: MutationResolvers['finishProviderSignIn'] = (
  _parent,
  { code, referralCode },
  { caller, deps, device },
) =>
  resultOf([AccountSuspendedError, ProviderSignInError], async () =>
    signInAnswer(await useCase.finishProviderSignIn(deps, { code, referralCode, caller, device })),
  );
