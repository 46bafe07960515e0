import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { TransferEndedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/cancel-ticket-transfer.ts';

export const cancelTicketTransfer: MutationResolvers['cancelTicketTransfer'] = (_parent, args, { caller, deps }) =>
  resultOf([TransferEndedError], async () => ({
    __typename: 'CancelTicketTransferPayload' as const,
    transfer: await useCase.cancelTicketTransfer(deps, { ...args, userId: requireUser(caller) }),
  }));
