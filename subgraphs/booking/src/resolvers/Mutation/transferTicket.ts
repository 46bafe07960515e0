import { resultOf } from '@marquee/errors';
import { AccountRestrictedError, requireUser } from '@marquee/subgraph';

import { TicketNotTransferableError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/transfer-ticket.ts';

export const transferTicket: MutationResolvers['transferTicket'] = (_parent, { input }, { caller, deps }) =>
  resultOf([AccountRestrictedError, TicketNotTransferableError], async () => ({
    __typename: 'TransferTicketPayload' as const,
    transfer: await useCase.transferTicket(deps, { ...input, userId: requireUser(caller) }),
  }));
