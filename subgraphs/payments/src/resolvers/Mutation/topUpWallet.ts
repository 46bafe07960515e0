import { resultOf } from '@marquee/errors';
import { AccountRestrictedError, requireUserCaller } from '@marquee/subgraph';

import { PaymentDeclinedError, PaymentProviderUnavailableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/top-up-wallet.ts';

const EXPECTED = [AccountRestrictedError, PaymentDeclinedError, PaymentProviderUnavailableError];

export const topUpWallet: MutationResolvers['topUpWallet'] = (_parent, { input }, { caller, deps }) =>
  resultOf(EXPECTED, async () => {
    const customer = requireUserCaller(caller);
    const payment = await useCase.topUpWallet(deps, { ...input, caller: customer });
    return { __typename: 'TopUpWalletPayload' as const, wallet: await deps.wallets.find(customer.userId), payment };
  });
