import type { SqlTransaction } from '@marquee/database';

/** The most entries of the audit log that are listed. */
const MAX_ENTRIES = 10_000;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The data that is held about a person. Secrets and their hashes are left out. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Record<string, unknown>> {
    const [account = null] = await this.#rows`
      SELECT id, email, pending_email AS "newEmail", email_verified_at AS "emailVerifiedAt", display_name AS "displayName",
        locale, time_zone AS "timeZone", home_city_id AS "homeCityId", roles, status::text,
        status_reason AS "statusReason", created_at AS "createdAt"
      FROM users WHERE id = ${userId}`;
    return { account, ...(await this.#signIn(userId)), ...(await this.#work(userId)), ...(await this.#doing(userId)) };
  }

  /** The ways in to the account, and who used them. */
  async #signIn(userId: string): Promise<Record<string, Rows>> {
    return {
      sessions: await this.#rows`
        SELECT user_agent AS "userAgent", created_at AS "createdAt", last_seen_at AS "lastSeenAt", revoked_at AS "endedAt"
        FROM sessions WHERE user_id = ${userId} ORDER BY created_at`,
      knownDevices: await this.#rows`
        SELECT last_seen_at AS "lastSeenAt" FROM known_devices WHERE user_id = ${userId} ORDER BY last_seen_at`,
      secondFactor: await this.#rows`
        SELECT started_at AS "startedAt", confirmed_at AS "confirmedAt",
          (SELECT count(*)::int FROM recovery_codes AS code WHERE code.user_id = device.user_id AND used_at IS NULL)
            AS "recoveryCodesLeft"
        FROM totp_devices AS device WHERE user_id = ${userId}`,
      passkeys: await this.#rows`
        SELECT name, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM passkeys
        WHERE user_id = ${userId} ORDER BY created_at`,
      signInProviders: await this.#rows`
        SELECT provider, subject AS "idThere", created_at AS "addedAt", last_used_at AS "lastUsedAt"
        FROM provider_identities WHERE user_id = ${userId} ORDER BY created_at`,
      failedAttempts: await this.#rows`
        SELECT factor, attempts, ends_at AS "countedUntil" FROM attempt_windows WHERE user_id = ${userId}
        ORDER BY ends_at`,
      warnedOfGuesses: await this.#rows`
        SELECT factor, told_at AS "toldAt" FROM guess_notices WHERE user_id = ${userId} ORDER BY told_at`,
      unusedMailLinks: await this.#rows`
        SELECT purpose, email, expires_at AS "expiresAt" FROM mail_tokens WHERE user_id = ${userId} ORDER BY expires_at`,
      mailsToCome: await this.#rows`
        SELECT kind, created_at AS "createdAt" FROM outgoing_mails WHERE user_id = ${userId} ORDER BY created_at`,
      dataExports: await this.#rows`
        SELECT requested_at AS "requestedAt", ready_at AS "readyAt", downloads FROM data_exports
        WHERE user_id = ${userId} ORDER BY requested_at`,
    };
  }

  /** For whom the person works, or is asked to, by an address that is theirs. Of those whom they invited, no address. */
  async #work(userId: string): Promise<Record<string, Rows>> {
    return {
      organisations: await this.#rows`
        SELECT organisation.name, role::text, joined_at AS "joinedAt" FROM organisation_members AS member
        JOIN organisations AS organisation ON organisation.id = organisation_id
        WHERE user_id = ${userId} ORDER BY joined_at`,
      invitations: await this.#rows`
        SELECT organisation.name, role::text, invitation.created_at AS "createdAt", expires_at AS "expiresAt"
        FROM users JOIN organisation_invitations AS invitation ON invitation.email = users.email
        JOIN organisations AS organisation ON organisation.id = organisation_id
        WHERE users.id = ${userId} AND email_verified_at IS NOT NULL ORDER BY invitation.created_at`,
      invitedOthers: await this.#rows`
        SELECT id, created_at AS "createdAt" FROM organisation_invitations
        WHERE invited_by = ${userId} ORDER BY created_at`,
    };
  }

  /** The acts of the person, and those of others about them, looks included, by virtue of roles. */
  async #doing(userId: string): Promise<Record<string, Rows>> {
    return {
      readOrChangedByStaff: await this.#rows`
        SELECT at, domain, action, detail FROM audit_log WHERE subject_id = ${userId}
        ORDER BY audit_log.seq DESC LIMIT ${MAX_ENTRIES}`,
      actedByRole: await this.#rows`
        SELECT at, domain, action, subject_type AS "subjectType", subject_id AS "subjectId" FROM audit_log
        WHERE actor_id = ${userId} ORDER BY audit_log.seq DESC LIMIT ${MAX_ENTRIES}`,
    };
  }

  #rows(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<Rows> {
    return this.#sql.$queryRaw<Rows>(query, ...values);
  }
}
