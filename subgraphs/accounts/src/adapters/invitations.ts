import { isUniqueViolation } from '@marquee/database';
import type { MailQueue } from '@marquee/mail';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import { APPOINTMENTS, type Invitation, type InvitationMail, MAX_MEMBERS } from '../domain/invitation.ts';
import type { Membership } from '../domain/organisation.ts';
import type { Invitations } from '../domain/organisation-ports.ts';
import { newEvent } from '../emits.ts';
import { AlreadyMemberError } from '../errors.ts';
import { organisationAudited } from './organisations.ts';

const COLUMNS = Prisma.sql`
  id, organisation_id AS "organisationId", email, role, invited_by AS "invitedBy", expires_at AS "expiresAt"`;

/** Whether who made the `invitation` is active, and an administrator or of a role there that gives the invited one. */
const MAY_STILL_GIVE = Prisma.sql`EXISTS (
  SELECT FROM users AS inviter LEFT JOIN organisation_members AS appointer
    ON appointer.user_id = inviter.id AND appointer.organisation_id = invitation.organisation_id
  WHERE inviter.id = invitation.invited_by AND inviter.status = 'ACTIVE'
    AND ('ADMIN' = ANY (inviter.roles) OR (appointer.role::text, invitation.role::text) IN (
      SELECT * FROM unnest(${APPOINTMENTS.map(({ giver }) => giver)}::text[], ${APPOINTMENTS.map(({ role }) => role)}::text[]))))`;

/** Invitations in the accounts database, and the mails that bring them. */
export class InvitationRepository implements Invitations {
  readonly #client: PrismaClient;
  readonly #mails: Pick<MailQueue, 'add'>;

  constructor(client: PrismaClient, mails: Pick<MailQueue, 'add'>) {
    this.#client = client;
    this.#mails = mails;
  }

  /** One that has expired makes room for the next. The lock on the organisation makes invitations count each other. */
  add(invitation: Invitation, at: Date): Promise<'ADDED' | 'OPEN' | 'FULL'> {
    const { id, organisationId, email, role, invitedBy, expiresAt } = invitation;
    return this.#client.$transaction(async (tx) => {
      if (await isFull(tx, organisationId)) return 'FULL';
      const added = await tx.$executeRaw`
        INSERT INTO organisation_invitations AS open
          (id, organisation_id, email, role, invited_by, created_at, expires_at)
        VALUES (${id}, ${organisationId}, ${email}, ${role}::organisation_role, ${invitedBy}, ${at}, ${expiresAt})
        ON CONFLICT (organisation_id, email) DO UPDATE SET
          id = excluded.id, role = excluded.role, invited_by = excluded.invited_by, token_hash = NULL,
          created_at = excluded.created_at, expires_at = excluded.expires_at
        WHERE open.expires_at <= excluded.created_at`;
      if (added === 0) return 'OPEN';
      await this.#mails.add({ kind: 'INVITATION', userId: null, address: null, about: id }, tx);
      await appendToOutbox(tx, [organisationAudited(invitedBy, 'invited', organisationId, `${id}: ${role}`)]);
      return 'ADDED';
    });
  }

  /** The mail of before has a token that no longer works. */
  renew(id: string, { expiresAt, invitedBy }: Pick<Invitation, 'expiresAt' | 'invitedBy'>): Promise<boolean> {
    return this.#client.$transaction(async (tx) => {
      const [renewed] = await tx.$queryRaw<Pick<Invitation, 'organisationId'>[]>`
        UPDATE organisation_invitations SET expires_at = ${expiresAt}, invited_by = ${invitedBy}, token_hash = NULL
        WHERE id = ${id} RETURNING organisation_id AS "organisationId"`;
      if (!renewed) return false;
      await this.#mails.add({ kind: 'INVITATION', userId: null, address: null, about: id }, tx);
      await appendToOutbox(tx, [organisationAudited(invitedBy, 'invitation-renewed', renewed.organisationId, id)]);
      return true;
    });
  }

  remove({ id, organisationId }: Invitation, by: string): Promise<boolean> {
    return this.#client.$transaction(async (tx) => {
      const removed = await tx.$executeRaw`DELETE FROM organisation_invitations WHERE id = ${id}`;
      if (removed > 0) await appendToOutbox(tx, [organisationAudited(by, 'invitation-withdrawn', organisationId, id)]);
      return removed > 0;
    });
  }

  async find(id: string): Promise<Invitation | null> {
    if (!isPossibleId(id)) return null;
    const [row] = await this.#client.$queryRaw<Invitation[]>`
      SELECT ${COLUMNS} FROM organisation_invitations WHERE id = ${id}`;
    return row ?? null;
  }

  ofOrganisations(organisationIds: readonly string[], at: Date): Promise<Invitation[]> {
    return this.#client.$queryRaw<Invitation[]>`
      SELECT ${COLUMNS} FROM organisation_invitations
      WHERE organisation_id = ANY (${organisationIds.filter(isPossibleId)}) AND expires_at > ${at}
      ORDER BY created_at, id`;
  }

  async newMail(id: string, tokenHash: string, at: Date): Promise<InvitationMail | null> {
    const [row] = await this.#client.$queryRaw<InvitationMail[]>`
      UPDATE organisation_invitations AS invitation SET token_hash = ${tokenHash}
      FROM organisations AS organisation
      WHERE invitation.id = ${id} AND expires_at > ${at} AND organisation.id = invitation.organisation_id
      RETURNING invitation.email, invitation.role, slug AS "organisationSlug"`;
    return row ?? null;
  }

  async isFor(tokenHash: string, userId: string, at: Date): Promise<boolean | null> {
    const [found] = await this.#client.$queryRaw<{ isTheirs: boolean }[]>`
      SELECT users.email = invitation.email AND email_verified_at IS NOT NULL AS "isTheirs"
      FROM organisation_invitations AS invitation JOIN users ON users.id = ${userId}
      WHERE token_hash = ${tokenHash} AND expires_at > ${at}`;
    return found?.isTheirs ?? null;
  }

  async accept(tokenHash: string, userId: string, at: Date): Promise<Membership | null> {
    try {
      return await this.#client.$transaction(async (tx) => {
        const [member] = await tx.$queryRaw<(Membership & { invitedBy: string })[]>`
          WITH accepted AS (
            DELETE FROM organisation_invitations AS invitation USING users
            WHERE token_hash = ${tokenHash} AND expires_at > ${at} AND users.id = ${userId}
              AND users.email = invitation.email AND email_verified_at IS NOT NULL
              AND ${MAY_STILL_GIVE}
            RETURNING organisation_id, role, invited_by)
          INSERT INTO organisation_members (organisation_id, user_id, role, joined_at)
          SELECT organisation_id, ${userId}, role, ${at} FROM accepted
          RETURNING organisation_id AS "organisationId", user_id AS "userId", role,
            (SELECT invited_by FROM accepted) AS "invitedBy"`;
        if (!member) return null;
        const { invitedBy: byUserId, ...membership } = member;
        await appendToOutbox(tx, [
          newEvent('account.member-changed', userId, { ...membership, previousRole: null, byUserId }),
          organisationAudited(
            userId,
            'joined',
            membership.organisationId,
            `${membership.role}, invited by ${byUserId}`,
          ),
        ]);
        return membership;
      });
    } catch (error) {
      if (!isUniqueViolation(error, 'organisation_members_pkey')) throw error;
      throw new AlreadyMemberError('You work for this organisation already.');
    }
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.#client.organisationInvitation.deleteMany({ where: { expiresAt: { lt: now } } });
  }
}

/** Locks an organisation. @returns whether as many work there or are invited as may */
async function isFull(tx: Prisma.TransactionClient, organisationId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT FROM organisations WHERE id = ${organisationId} FOR NO KEY UPDATE`;
  const [row] = await tx.$queryRaw<{ size: number }[]>`
    SELECT ((SELECT count(*) FROM organisation_members WHERE organisation_id = ${organisationId})
      + (SELECT count(*) FROM organisation_invitations WHERE organisation_id = ${organisationId}))::int AS size`;
  return (row?.size ?? 0) >= MAX_MEMBERS;
}
