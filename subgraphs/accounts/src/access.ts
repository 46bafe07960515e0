import { forbidden, unauthenticated } from '@marquee/errors';
import {
  anyOf,
  type Caller,
  hasScope,
  lookAt,
  mayDo,
  ownerOr,
  policy,
  requireUserCaller,
  service,
} from '@marquee/subgraph';

import type { Organisation, Session, User } from './mappers.ts';

const READ_USERS = 'users:read';
/** Lets administrators see how others sign in. */
const ADMINISTER = 'users:write';

/** Whoever proved with this request, by password, code or refresh token, that the account is theirs. */
const justSignedIn = policy<User>('the user signing in', (_caller, user) => user.justSignedIn === true);

/** The account's owner, and support. */
export const owner = anyOf(
  ownerOr(READ_USERS, ({ id }: User) => id),
  justSignedIn,
);

/** How somebody signs in, and where: support needs none of it. */
export const ownerOrAdministrator = anyOf(
  ownerOr(ADMINISTER, ({ id }: User) => id),
  justSignedIn,
);

const readsItsMail = policy<User>('whoever reads its mail', (_caller, user) => user.mailRead === true);

/** The account's owner, support, and whoever showed with this request that they read mail at the account's address. */
export const ownerOrReader = anyOf(owner, readsItsMail);

/** Notifications, which reach people: where, in which language, and not in their night. */
export const delivery = service('notifications');

const manages = policy<User>(
  'who manages the members of their organisation',
  (_caller, user) => user.isManaged === true,
);

/** Who may read the address of an account. */
export const addressReader = anyOf(ownerOrReader, manages);

/** Whether the caller's access token belongs to the session. */
export function isCurrentSession({ id }: Session, caller: Caller): boolean {
  return caller.kind === 'user' && caller.sessionId === id;
}

const lookAtOrganisation = (id: string) => lookAt(id, READ_USERS, 'Organisation');

/** Whoever works for the organisation, and support. */
export const member = policy<Organisation>('its members, or scope users:read', (caller, { id, callerRole }) => {
  if (caller.kind === 'anonymous') return unauthenticated();
  if (callerRole !== null) return true;
  return hasScope(caller, READ_USERS) ? lookAtOrganisation(id) : forbidden('Only its members may see this.');
});

/** Founding takes a partner's account: scopes of work for another organisation do not make one. @throws {CodedError} FORBIDDEN */
export function requirePartner(caller: Caller): string {
  const { userId, roles } = requireUserCaller(caller);
  if (roles.includes('PARTNER') || roles.includes('ADMIN')) return userId;
  throw forbidden('Only partners found organisations. Ask the marketplace to make your account one.');
}

/** Whoever manages the organisation's members, and support. */
export const appointer = policy<Organisation>(
  'who manages its members, or scope users:read',
  (caller, { id, callerRole }) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    if (mayDo('MEMBERS', callerRole)) return true;
    if (hasScope(caller, READ_USERS)) return lookAtOrganisation(id);
    return forbidden('Only who manages the members of the organisation may see this.');
  },
);
