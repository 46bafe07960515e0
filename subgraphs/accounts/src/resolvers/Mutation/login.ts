import { resultOf } from '@marquee/errors';

import { AccountSuspendedError, InvalidCredentialsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { logIn } from '../../use-cases/log-in.ts';
import { signInAnswer } from '../auth-payload.ts';

export const login: MutationResolvers['login'] = (_parent, { input }, { deps, device }) =>
  resultOf([AccountSuspendedError, InvalidCredentialsError], async () =>
    signInAnswer(await logIn(deps, { ...input, device })),
  );
