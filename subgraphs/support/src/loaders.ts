import { byId, byKey, groupedBy, type LatestPage, perArguments } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { MessagePage } from './adapters/messages.ts';
import type { Deps } from './deps.ts';
import type { SupportMessage, SupportTicket } from './domain/ticket.ts';

export interface Loaders {
  readonly tickets: DataLoader<string, SupportTicket | null>;
  /** The tickets that go on from others, by the other's id. */
  readonly followers: DataLoader<string, SupportTicket | null>;
  /** A page of tickets by customer id, up to one more than the page's limit. */
  ticketsOfCustomers(page: LatestPage): DataLoader<string, readonly SupportTicket[]>;
  /** The latest tickets by booking id. @param customerId only this customer's; null for all */
  ticketsOfBookings(customerId: string | null): DataLoader<string, readonly SupportTicket[]>;
  /** Messages by ticket id. */
  messages(page: MessagePage): DataLoader<string, readonly SupportMessage[]>;
}

export function loaders({ tickets, messages }: Pick<Deps, 'tickets' | 'messages'>): Loaders {
  return {
    tickets: byId((ids) => tickets.findMany(ids)),
    followers: byKey(
      (ids) => tickets.followersOf(ids),
      ({ followsId }) => followsId ?? '',
    ),
    ticketsOfCustomers: perArguments((page: LatestPage) =>
      groupedBy(
        (ids) => tickets.ofCustomers(ids, page),
        ({ customerId }) => customerId,
      ),
    ),
    ticketsOfBookings: perArguments((customerId: string | null) =>
      groupedBy(
        (ids) => tickets.ofBookings(ids, customerId),
        ({ bookingId }) => bookingId,
      ),
    ),
    messages: perArguments((page: MessagePage) =>
      groupedBy(
        (ids) => messages.ofTickets(ids, page),
        ({ ticketId }) => ticketId,
      ),
    ),
  };
}
