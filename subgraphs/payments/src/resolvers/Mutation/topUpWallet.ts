import { resultOf } from '@marquee/errors';

import { PaymentDeclinedError, PaymentProviderUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/top-up-wallet.ts';
import { requireUser } from '../require-user.ts';

const EXPECTED = [PaymentDeclinedError, PaymentProviderUnavailableError];

export const topUpWallet: MutationResolvers['topUpWallet'] = (_parent, { input }, { caller, deps, loaders }) =>
  resultOf(EXPECTED, async () => {
    const customerId = requireUser(caller);
    const payment = await useCase.topUpWallet(deps, { ...input, customerId });
    const wallet = await loaders.walletByCustomer.clear(customerId).load(customerId);
    return { __typename: 'TopUpWalletPayload' as const, wallet, payment };
  });
