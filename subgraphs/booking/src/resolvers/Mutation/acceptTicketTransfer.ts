import { resultOf } from '@marquee/errors';
import { AccountRestrictedError } from '@marquee/subgraph';

import { requireBuyer } from '../../access.ts';
import { SeatLimitExceededError, TransferEndedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/accept-ticket-transfer.ts';

export const acceptTicketTransfer: MutationResolvers['acceptTicketTransfer'] = (_parent, { token }, { caller, deps }) =>
  resultOf([AccountRestrictedError, SeatLimitExceededError, TransferEndedError], async () => {
    const tickets = await useCase.acceptTicketTransfer(deps, { token, recipient: requireBuyer(caller) });
    return { __typename: 'AcceptTicketTransferPayload' as const, ticket: tickets[0], tickets };
  });
