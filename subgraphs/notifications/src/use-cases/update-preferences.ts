import { badInput } from '@marquee/errors';

import type { Preferences } from '../domain/ports.ts';
import { NOTIFICATION_CHANNELS } from '../domain/channel.ts';
import { allPreferences, type NotificationPreference } from '../domain/preferences.ts';

export interface UpdatePreferencesDeps {
  readonly preferences: Pick<Preferences, 'save' | 'ofUsers'>;
}

/**
 * Changes the channels by which a user receives some kinds of notification.
 *
 * @returns all of the user's preferences
 * @throws {CodedError} BAD_USER_INPUT when a kind is repeated, or cannot be changed
 */
export async function updatePreferences(
  { preferences }: UpdatePreferencesDeps,
  { userId, changes }: { userId: string; changes: readonly NotificationPreference[] },
): Promise<NotificationPreference[]> {
  const kinds = new Set(changes.map(({ kind }) => kind));
  if (kinds.size < changes.length) throw badInput('input', 'Name each kind once.');
  if (kinds.has('ACCOUNT'))
    throw badInput('input', 'Leave out ACCOUNT: you always hear about changes to your account.');
  const tidy = changes.map(({ kind, channels }) => ({
    kind,
    channels: NOTIFICATION_CHANNELS.filter((channel) => channels.includes(channel)),
  }));
  if (tidy.length > 0) await preferences.save(userId, tidy);
  return allPreferences(await preferences.ofUsers([userId]));
}
