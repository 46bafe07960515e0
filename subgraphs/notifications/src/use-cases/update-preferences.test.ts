import { expect, test } from 'vitest';

import type { NotificationPreference } from '../domain/preferences.ts';
import { updatePreferences } from './update-preferences.ts';

/** Preferences of one user, in memory. */
function preferences() {
  const chosen = new Map<string, NotificationPreference>();
  return {
    save: async (_userId: string, changes: readonly NotificationPreference[]) => {
      for (const change of changes) chosen.set(change.kind, change);
    },
    ofUsers: async () => [...chosen.values()].map((preference) => ({ ...preference, userId: 'usr_1' })),
  };
}

test('a choice changes the kinds it names and no other', async () => {
  const deps = { preferences: preferences() };
  await updatePreferences(deps, { userId: 'usr_1', changes: [{ kind: 'PROMOTION', channels: [] }] });
  const all = await updatePreferences(deps, {
    userId: 'usr_1',
    changes: [{ kind: 'BOOKING', channels: ['PUSH', 'IN_APP', 'PUSH'] }],
  });
  expect(all).toEqual([
    { kind: 'BOOKING', channels: ['IN_APP', 'PUSH'] },
    { kind: 'PAYMENT', channels: ['IN_APP', 'EMAIL', 'PUSH'] },
    { kind: 'WAITLIST', channels: ['IN_APP', 'EMAIL', 'PUSH'] },
    { kind: 'SUPPORT', channels: ['IN_APP', 'EMAIL'] },
    { kind: 'PROMOTION', channels: [] },
    { kind: 'ACCOUNT', channels: ['IN_APP', 'EMAIL'] },
  ]);
});

test('notices about the account cannot be turned off', async () => {
  const changes = [{ kind: 'ACCOUNT', channels: [] }] as const;
  const update = updatePreferences({ preferences: preferences() }, { userId: 'usr_1', changes });
  await expect(update).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'input' } });
});

test('a kind named twice is refused', async () => {
  const changes = [
    { kind: 'BOOKING', channels: ['EMAIL'] },
    { kind: 'BOOKING', channels: [] },
  ] as const;
  const update = updatePreferences({ preferences: preferences() }, { userId: 'usr_1', changes });
  await expect(update).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'input' } });
});
