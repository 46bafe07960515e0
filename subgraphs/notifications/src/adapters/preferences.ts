import type { SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Preferences } from '../domain/ports.ts';
import type { NotificationChannel } from '../domain/channel.ts';
import type { ChosenPreference, NotificationPreference } from '../domain/preferences.ts';
import type { Unsubscription } from '../domain/unsubscription.ts';

/** Notification preferences. A kind without a choice has no row. */
export class PreferenceRepository implements Preferences {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async ofUsers(userIds: readonly string[]): Promise<ChosenPreference[]> {
    return this.#sql.$queryRaw<ChosenPreference[]>`
      SELECT user_id AS "userId", kind::text, channels::text[] FROM notification_preferences
      WHERE user_id = ANY (${userIds.filter(isPossibleId)})`;
  }

  /** Takes one channel of a kind away, unless the account was erased. @param otherwise the channels of a person who had not chosen */
  async turnOff(
    { userId, kind }: Unsubscription,
    channel: NotificationChannel,
    otherwise: readonly NotificationChannel[],
  ): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO notification_preferences AS known (user_id, kind, channels)
      SELECT ${userId}, ${kind}::text::"NotificationKind", ${[...otherwise]}::text[]::"NotificationChannel"[]
      WHERE NOT EXISTS (SELECT FROM erased_people WHERE id = ${userId})
      ON CONFLICT (user_id, kind)
      DO UPDATE SET channels = array_remove(known.channels, ${channel}::text::"NotificationChannel")`;
  }

  async save(userId: string, preferences: readonly NotificationPreference[]): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO notification_preferences (user_id, kind, channels)
      SELECT ${userId}, (chosen ->> 'kind')::"NotificationKind",
        ARRAY (SELECT jsonb_array_elements_text(chosen -> 'channels'))::"NotificationChannel"[]
      FROM jsonb_array_elements(${JSON.stringify(preferences)}::jsonb) AS row (chosen)
      ORDER BY chosen ->> 'kind'
      ON CONFLICT (user_id, kind) DO UPDATE SET channels = excluded.channels`;
  }
}
