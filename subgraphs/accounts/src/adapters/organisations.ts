import { isUniqueViolation } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Membership, Organisation } from '../domain/organisation.ts';
import type { Organisations } from '../domain/ports.ts';
import { SlugTakenError } from '../errors.ts';

const MAX_LISTED = 100;

/** Organisations and their members in the accounts database. */
export class OrganisationRepository implements Organisations {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async add({ id, name, slug, country }: Organisation, ownerId: string): Promise<void> {
    const members = { create: { userId: ownerId, role: 'OWNER' } } as const;
    try {
      await this.#client.organisation.create({ data: { id, name, slug, country, members } });
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
}
