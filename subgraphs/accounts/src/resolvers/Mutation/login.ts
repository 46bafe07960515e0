import { resultOf } from '@marquee/errors';

import { InvalidCredentialsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { logIn } from '../../use-cases/log-in.ts';
import { authPayload } from '../auth-payload.ts';

export const login: MutationResolvers['login'] = (_parent, { input }, { deps, device }) =>
  resultOf([InvalidCredentialsError], async () => {
    const answer = await logIn(deps, { ...input, device });
    return 'challengeId' in answer ? { __typename: 'SecondFactorRequired' as const, ...answer } : authPayload(answer);
  });
