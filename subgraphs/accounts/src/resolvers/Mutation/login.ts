import { resultOf } from '@marquee/errors';
import { InvalidCredentialsError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { authPayloadOf } from '../auth-payload.ts';

export const login: MutationResolvers['login'] = (_parent, { input }, { accounts, device }) =>
  resultOf([InvalidCredentialsError], async () => {
    const answer = await accounts.logIn(input, device);
    return 'challengeId' in answer ? { __typename: 'SecondFactorRequired' as const, ...answer } : authPayloadOf(answer);
  });
