import { forbidden, unauthenticated } from '@marquee/errors';
import {
  type Caller,
  type EntityReference,
  hasScope,
  lookAt,
  ownerOr,
  policy,
  requireUser,
  userIdOf,
} from '@marquee/subgraph';

import type { HelpArticle } from './domain/help-article.ts';
import type { SupportMessage } from './domain/ticket.ts';

/** Lets support work on tickets. */
export const WORK = 'support:write';
/** Lets editors write help articles. */
const EDIT = 'help:write';

/** A ticket, or a message in it. */
interface Owned {
  readonly customerId: string;
}

export const oneself = ownerOr(WORK, ({ id }: EntityReference) => id);

/** The ticket's customer, and support. */
export const party = ownerOr(WORK, ({ customerId }: Owned) => customerId);

/** Whether the caller works on the ticket. Nobody in support does on a ticket of their own. */
export function isSupportOf({ customerId }: Owned, caller: Caller): boolean {
  return hasScope(caller, WORK) && userIdOf(caller) !== customerId;
}

/** Whether the caller is in support, whose tickets are others'. */
export function isSupport(caller: Caller): boolean {
  return hasScope(caller, WORK);
}

/** Support, except about a ticket of one's own. */
export const supportOnly = policy<Owned>('support, of tickets of others', (caller, ticket) => {
  if (caller.kind === 'anonymous') return unauthenticated();
  return isSupportOf(ticket, caller) ? lookAt(ticket.customerId, WORK) : forbidden('Only support may see this.');
});

/** Whether a message is to be shown: internal notes are support's. */
export const reader = policy<SupportMessage>(
  'support, or the ticket’s customer unless it is internal',
  (caller, message) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    if (isSupportOf(message, caller)) return lookAt(message.customerId, WORK);
    return (
      (userIdOf(caller) === message.customerId && message.note === 0) || forbidden('This belongs to somebody else.')
    );
  },
);

/** Whether a ticket exists for the caller: for its customer and for support. Nobody else learns which ids there are. */
export function isParty({ customerId }: Owned, caller: Caller): boolean {
  return customerId === requireUser(caller) || isSupport(caller);
}

/** Only its customer rates a ticket. @throws {CodedError} FORBIDDEN */
export function requireCustomer({ customerId }: Owned, caller: Caller): void {
  if (customerId !== requireUser(caller)) throw forbidden('Only its customer rates a case.');
}

/** Nobody works on a ticket of their own. @throws {CodedError} FORBIDDEN */
export function requireAnother({ customerId }: Owned, caller: Caller): void {
  if (customerId === requireUser(caller)) throw forbidden('Ask a colleague to work on a ticket of your own.');
}

/** Whether the caller reads drafts of help articles. */
export function isEditor(caller: Caller): boolean {
  return hasScope(caller, EDIT);
}

/** Everybody reads what is published. */
export const articleReader = policy<HelpArticle>('everyone, or scope help:write for a draft', (caller, { published }) =>
  published || isEditor(caller) ? true : forbidden('This article is not published.'),
);

/** @throws {CodedError} FORBIDDEN */
export function requireEditor(caller: Caller): void {
  if (!isEditor(caller)) throw forbidden('Only editors of the help may see drafts.');
}
