import { resultOf } from '@marquee/errors';

import { PaymentDeclinedError, PaymentProviderUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { customerOf } from '../viewer.ts';

const EXPECTED = [PaymentDeclinedError, PaymentProviderUnavailableError];

export const topUpWallet: MutationResolvers['topUpWallet'] = (_parent, { input }, { caller, payments, loaders }) =>
  resultOf(EXPECTED, async () => {
    const customerId = customerOf(caller);
    const payment = await payments.topUpWallet({ ...input, customerId });
    const wallet = await loaders.wallets.clear(customerId).load(customerId);
    return { __typename: 'TopUpWalletPayload' as const, wallet, payment };
  });
