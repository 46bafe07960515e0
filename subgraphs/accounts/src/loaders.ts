import { byId, groupedBy } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { DataExport } from './domain/data-export.ts';
import type { Invitation } from './domain/invitation.ts';
import type { Membership, Organisation } from './domain/organisation.ts';
import type { SecondFactorKind } from './domain/second-factor.ts';
import type { Session } from './domain/session.ts';
import type { Passkey } from './domain/passkey.ts';
import type { ProviderIdentity } from './domain/sign-in-provider.ts';
import type { User } from './domain/user.ts';

export interface Loaders {
  readonly users: DataLoader<string, User | null>;
  /** Active sessions by user id. */
  readonly sessionsByUser: DataLoader<string, readonly Session[]>;
  readonly secondFactorsByUser: DataLoader<string, readonly { readonly kind: SecondFactorKind }[]>;
  readonly passkeysByUser: DataLoader<string, readonly Passkey[]>;
  readonly identitiesByUser: DataLoader<string, readonly ProviderIdentity[]>;
  /** Those that have not expired. */
  readonly dataExportsByUser: DataLoader<string, readonly DataExport[]>;
  readonly organisations: DataLoader<string, Organisation | null>;
  readonly membersByOrganisation: DataLoader<string, readonly Membership[]>;
  /** Open invitations by organisation. */
  readonly invitationsByOrganisation: DataLoader<string, readonly Invitation[]>;
  readonly membershipsByUser: DataLoader<string, readonly Membership[]>;
  /** Those of users who are not suspended. */
  readonly activeMembershipsByUser: DataLoader<string, readonly Membership[]>;
}

type LoaderDeps = Pick<
  Deps,
  | 'users'
  | 'sessions'
  | 'secondFactors'
  | 'passkeys'
  | 'identities'
  | 'dataExports'
  | 'organisations'
  | 'invitations'
  | 'now'
>;

export function loaders(deps: LoaderDeps): Loaders {
  const { users, sessions, secondFactors, passkeys, identities, dataExports, organisations, invitations, now } = deps;
  return {
    users: byId((ids) => users.findMany(ids)),
    sessionsByUser: groupedBy(
      (userIds) => sessions.activeByUsers(userIds, now()),
      ({ userId }) => userId,
    ),
    secondFactorsByUser: groupedBy(
      (userIds) => secondFactors.kindsByUsers(userIds),
      ({ userId }) => userId,
    ),
    passkeysByUser: groupedBy(
      (userIds) => passkeys.byUsers(userIds),
      ({ userId }) => userId,
    ),
    identitiesByUser: groupedBy(
      (userIds) => identities.byUsers(userIds),
      ({ userId }) => userId,
    ),
    dataExportsByUser: groupedBy(
      (userIds) => dataExports.ofUsers(userIds, now()),
      ({ userId }) => userId,
    ),
    organisations: byId((ids) => organisations.findMany(ids)),
    membersByOrganisation: groupedBy(
      (ids) => organisations.membersOf(ids),
      ({ organisationId }) => organisationId,
    ),
    invitationsByOrganisation: groupedBy(
      (ids) => invitations.ofOrganisations(ids, now()),
      ({ organisationId }) => organisationId,
    ),
    activeMembershipsByUser: groupedBy(
      (userIds) => organisations.activeMembershipsOf(userIds),
      ({ userId }) => userId,
    ),
    membershipsByUser: groupedBy(
      (userIds) => organisations.membershipsOf(userIds),
      ({ userId }) => userId,
    ),
  };
}
