/** The operations by which customers and agents talk. */
import { randomUUID } from 'node:crypto';

import { ANONYMOUS, by, type Rows, tooMany } from './row.ts';
import type { World } from './world.ts';

const ticketOf = ({ kept }: World) => ({ ticketId: kept.get('ticketId') });
const resolve = (world: World) =>
  world.send('agent', 'UpdateSupportTicket', { input: { ...ticketOf(world), status: 'RESOLVED' } });
const messageTo = (world: World) => ({
  input: { ...ticketOf(world), text: 'It still does.', idempotencyKey: randomUUID() },
});
/** A customer without the scope. */
const CUSTOMER = by('customer2', 'UNAUTHORIZED_FIELD_OR_TYPE');
const TOO_LONG = 't'.repeat(20_000);

export const SUPPORT: Rows = {
  OpenSupportTicket: {
    variables: { input: { subject: 'A seat that creaks', text: 'Seat A1 creaks.', category: 'OTHER' } },
    may: by('customer', 'OpenSupportTicketPayload'),
    mayNot: ANONYMOUS,
    bad: by('customer', 'BAD_USER_INPUT', { input: { subject: ' ' } }),
    keep: ({ openSupportTicket: { ticket } }: { openSupportTicket: { ticket: { id: string } } }, { kept }) =>
      kept.set('ticketId', ticket.id),
  },
  SupportTicketChanged: {
    variables: ticketOf,
    may: by('customer'),
    mayNot: by('customer2', 'refused'),
    bad: by('customer2', 'refused', { ticketId: 'tic_unknown' }),
    cause: (world) => world.send('customer', 'SendSupportMessage', messageTo(world)),
  },
  SendSupportMessage: {
    variables: messageTo,
    may: by('customer', 'SendSupportMessagePayload'),
    mayNot: by('customer2', 'NOT_FOUND'),
    bad: by('customer', 'BAD_USER_INPUT', { input: { text: ' ' } }),
  },
  MySupportTickets: { variables: { first: 5 }, may: by('customer'), mayNot: ANONYMOUS, bad: tooMany('customer') },
  SupportQueue: { variables: { first: 5 }, may: by('agent'), mayNot: CUSTOMER, bad: tooMany('agent') },
  SupportQueueChanged: {
    may: by('agent'),
    mayNot: by('customer2', 'refused'),
    bad: null,
    cause: (world) => world.send('customer', 'SendSupportMessage', messageTo(world)),
  },
  SupportTicket: {
    variables: ({ kept }) => ({ id: kept.get('ticketId') }),
    may: by('agent'),
    mayNot: by('customer2', 'null'),
    bad: by('agent', 'null', { id: 'tic_unknown' }),
  },
  AddInternalNote: {
    variables: (world) => ({ ...ticketOf(world), text: 'Known since May.' }),
    may: by('agent', 'AddInternalNotePayload'),
    mayNot: CUSTOMER,
    bad: by('agent', 'BAD_USER_INPUT', { text: TOO_LONG }),
  },
  UpdateSupportTicket: {
    variables: (world) => ({ input: { ...ticketOf(world), priority: 'LOW' } }),
    may: by('agent', 'UpdateSupportTicketPayload'),
    mayNot: CUSTOMER,
    bad: by('agent', 'NOT_FOUND', { input: { ticketId: 'tic_unknown' } }),
  },
  RateSupport: {
    variables: async (world) => {
      await resolve(world);
      return { ...ticketOf(world), score: 5, comment: 'Quick.' };
    },
    may: by('customer', 'RateSupportPayload'),
    mayNot: by('customer2', 'NOT_FOUND'),
    bad: by('customer', 'BAD_USER_INPUT', { score: 6 }),
  },
  SaveHelpArticle: {
    variables: { input: { title: 'Creaking seats', body: 'Tell the staff.', locale: 'en', published: true } },
    may: by('agent', 'SaveHelpArticlePayload'),
    mayNot: CUSTOMER,
    bad: by('agent', 'BAD_USER_INPUT', { input: { title: ' ' } }),
    keep: ({ saveHelpArticle: { article } }: { saveHelpArticle: { article: { id: string } } }, { kept }) =>
      kept.set('articleId', article.id),
  },
  HelpArticle: {
    variables: ({ kept }) => ({ id: kept.get('articleId') }),
    may: by('anonymous'),
    mayNot: null,
    bad: by('anonymous', 'null', { id: 'hlp_unknown' }),
  },
  HelpArticles: { variables: { first: 5 }, may: by('anonymous'), mayNot: null, bad: tooMany('anonymous') },
};
