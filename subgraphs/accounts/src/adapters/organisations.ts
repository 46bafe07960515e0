import { isCheckViolation, isUniqueViolation, type SqlTransaction } from '@marquee/database';
import { appendToOutbox, audited, type NewEvent } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Membership, Organisation, RoleChange } from '../domain/organisation.ts';
import type { Organisations } from '../domain/organisation-ports.ts';
import { newEvent } from '../emits.ts';
import { LastOwnerError, SlugTakenError } from '../errors.ts';

const MAX_LISTED = 100;

/** Organisations and their members in the accounts database. */
export class OrganisationRepository implements Organisations {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async add({ id, name, slug, country }: Organisation, ownerId: string): Promise<void> {
    const members = { create: { userId: ownerId, role: 'OWNER' } } as const;
    const founded = {
      userId: ownerId,
      organisationId: id,
      role: 'OWNER',
      previousRole: null,
      byUserId: ownerId,
    } as const;
    try {
      await this.#client.$transaction(async (tx) => {
        await tx.organisation.create({ data: { id, name, slug, country, members } });
        await appendToOutbox(tx, [
          newEvent('account.member-changed', ownerId, founded),
          organisationAudited(ownerId, 'founded', id, null),
        ]);
      });
    } catch (error) {
      throw isUniqueViolation(error, 'organisations_slug_key') ? new SlugTakenError() : error;
    }
  }

  async findMany(ids: readonly string[]): Promise<Organisation[]> {
    return this.#client.organisation.findMany({
      where: { id: { in: ids.filter(isPossibleId) } },
      omit: { createdAt: true },
    });
  }

  membersOf(organisationIds: readonly string[]): Promise<Membership[]> {
    return this.#client.$queryRaw<Membership[]>`
      SELECT organisation_id AS "organisationId", user_id AS "userId", role
      FROM unnest(${organisationIds.filter(isPossibleId)}::text[]) AS each (id) CROSS JOIN LATERAL (
        SELECT * FROM organisation_members WHERE organisation_id = each.id
        ORDER BY joined_at, user_id LIMIT ${MAX_LISTED}) AS listed
      ORDER BY joined_at, user_id`;
  }

  membershipsOf(userIds: readonly string[]): Promise<Membership[]> {
    return this.#client.$queryRaw<Membership[]>`
      SELECT organisation_id AS "organisationId", user_id AS "userId", role
      FROM unnest(${userIds.filter(isPossibleId)}::text[]) AS each (id) CROSS JOIN LATERAL (
        SELECT * FROM organisation_members WHERE user_id = each.id
        ORDER BY joined_at, organisation_id LIMIT ${MAX_LISTED}) AS listed
      ORDER BY joined_at, organisation_id`;
  }

  activeMembershipsOf(userIds: readonly string[]): Promise<Membership[]> {
    return this.#client.$queryRaw<Membership[]>`
      SELECT organisation_id AS "organisationId", user_id AS "userId", role
      FROM organisation_members JOIN users ON users.id = user_id
      WHERE user_id = ANY (${userIds.filter(isPossibleId)}) AND users.status = 'ACTIVE'
      ORDER BY joined_at, organisation_id`;
  }

  /** The lock on who changes it keeps somebody from appointing others while they are dismissed. */
  async setRole(change: RoleChange): Promise<boolean> {
    const { organisationId, userId, from, to, byUserId } = change;
    const event = newEvent('account.member-changed', userId, {
      organisationId,
      userId,
      role: to,
      previousRole: from,
      byUserId,
    });
    const detail = `${userId}: ${from} → ${to ?? 'none'}`;
    const action = organisationAudited(byUserId, 'member-changed', organisationId, detail);
    try {
      return await this.#client.$transaction(async (tx) => {
        if (!(await isStill(tx, change))) return false;
        const where = { organisationId, userId, role: from };
        const { count } = await (to === null
          ? tx.organisationMember.deleteMany({ where })
          : tx.organisationMember.updateMany({ where, data: { role: to } }));
        if (count === 0) return false;
        await tx.organisationInvitation.deleteMany({ where: { organisationId, invitedBy: userId } });
        await appendToOutbox(tx, [event, action]);
        return true;
      });
    } catch (error) {
      throw isCheckViolation(error, 'organisations_keep_an_owner') ? new LastOwnerError() : error;
    }
  }
}

/** The entry of the audit log for a change of an organisation. @param detail ids and roles */
export function organisationAudited(
  actorId: string,
  change: 'founded' | 'invited' | 'invitation-renewed' | 'invitation-withdrawn' | 'joined' | 'member-changed',
  subjectId: string,
  detail: string | null,
): NewEvent {
  const subject = { subjectType: 'Organisation', subjectId };
  return audited('accounts', { ...subject, actorId, action: `organisation.${change}`, detail });
}

/**
 * Locks the member and who changes them, in the order of their ids: two who change each other wait.
 *
 * @returns whether they have the roles with which the change was allowed
 */
async function isStill(
  tx: Pick<SqlTransaction, '$queryRaw'>,
  { organisationId, userId, from, byUserId, byRole }: RoleChange,
): Promise<boolean> {
  const found = await tx.$queryRaw<Pick<Membership, 'userId' | 'role'>[]>`
    SELECT user_id AS "userId", role FROM organisation_members
    WHERE organisation_id = ${organisationId} AND user_id = ANY (${[userId, byUserId]}) ORDER BY user_id FOR UPDATE`;
  const roleOf = (id: string) => found.find((each) => each.userId === id)?.role ?? null;
  return roleOf(userId) === from && (byRole === null || roleOf(byUserId) === byRole);
}
