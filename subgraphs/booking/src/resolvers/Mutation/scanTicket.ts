import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { TicketAlreadyUsedError, TicketCancelledError, UnknownTicketError, WrongShowError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/scan-ticket.ts';

export const scanTicket: MutationResolvers['scanTicket'] = (_parent, args, { caller, deps }) =>
  resultOf([TicketAlreadyUsedError, TicketCancelledError, UnknownTicketError, WrongShowError], async () => {
    const userId = requireUser(caller);
    const ticket = await useCase.scanTicket(deps, { ...args, userId });
    return { __typename: 'ScanTicketPayload' as const, ticket: { ...ticket, shownTo: userId } };
  });
