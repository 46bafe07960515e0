import { resultOf } from '@marquee/errors';
import { InvalidSecondFactorError, SecondFactorExpiredError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { authPayloadOf } from '../auth-payload.ts';

export const answerSecondFactor: MutationResolvers['answerSecondFactor'] = (_parent, { input }, { accounts, device }) =>
  resultOf([InvalidSecondFactorError, SecondFactorExpiredError], async () =>
    authPayloadOf(await accounts.answerSecondFactor(input, device)),
  );
