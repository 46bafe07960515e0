import type { SqlTransaction } from '@marquee/database';

/** The most looks at a person's data that are listed. */
const MAX_LOOKS = 10_000;

/** The data that is held about a person. Secrets and their hashes are left out. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Record<string, unknown>> {
    const [[account = null], sessions, knownDevices, passkeys, providers, organisations, readByStaff] =
      await Promise.all([
        this.#sql.$queryRaw<unknown[]>`
        SELECT id, email, pending_email AS "newEmail", email_verified_at AS "emailVerifiedAt", display_name AS "displayName",
          locale, time_zone AS "timeZone", home_city_id AS "homeCityId", roles, status::text,
          status_reason AS "statusReason", created_at AS "createdAt"
        FROM users WHERE id = ${userId}`,
        this.#sql.$queryRaw`
        SELECT user_agent AS "userAgent", created_at AS "createdAt", last_seen_at AS "lastSeenAt", revoked_at AS "endedAt"
        FROM sessions WHERE user_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT last_seen_at AS "lastSeenAt" FROM known_devices WHERE user_id = ${userId} ORDER BY last_seen_at`,
        this.#sql.$queryRaw`
        SELECT name, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM passkeys
        WHERE user_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT provider, created_at AS "addedAt", last_used_at AS "lastUsedAt" FROM provider_identities
        WHERE user_id = ${userId} ORDER BY created_at`,
        this.#sql.$queryRaw`
        SELECT organisation.name, role::text, joined_at AS "joinedAt" FROM organisation_members AS member
        JOIN organisations AS organisation ON organisation.id = organisation_id
        WHERE user_id = ${userId} ORDER BY joined_at`,
        this.#sql.$queryRaw`
        SELECT at, domain, action, detail FROM audit_log WHERE subject_id = ${userId}
        ORDER BY audit_log.seq DESC LIMIT ${MAX_LOOKS}`,
      ]);
    return {
      account,
      sessions,
      knownDevices,
      passkeys,
      signInProviders: providers,
      organisations,
      readOrChangedByStaff: readByStaff,
    };
  }
}
