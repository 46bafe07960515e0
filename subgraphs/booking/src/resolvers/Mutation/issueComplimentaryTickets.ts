import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { SeatUnavailableError, ShowClosedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/issue-complimentary-tickets.ts';

export const issueComplimentaryTickets: MutationResolvers['issueComplimentaryTickets'] = (
  _parent,
  { input },
  { caller, deps },
) =>
  resultOf([SeatUnavailableError, ShowClosedError], async () => ({
    __typename: 'IssueComplimentaryTicketsPayload' as const,
    booking: await useCase.issueComplimentaryTickets(deps, { ...input, userId: requireUser(caller) }),
  }));
