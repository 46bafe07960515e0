import { openLog } from '@marquee/telemetry';
import { expect, test } from 'vitest';

import { CONFIRM_IDENTITY, CONFIRM_TOTP, LOGIN, openAccounts, REFRESH, registered, START_TOTP } from './harness.ts';

async function recordingAccounts() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const harness = await openAccounts({ log: openLog({ service: 'accounts', destination: { write } }) });
  return { harness, lines, events: (kind: string) => lines.filter(({ security }) => security === kind) };
}

const device = { address: '203.0.113.7', userAgent: 'Browser' };
const address = '203.0.113.7';

test('wrong passwords are security events with the account where there is one, and never its address or password', async () => {
  const { harness, events, lines } = await recordingAccounts();
  const { email, caller } = await registered(harness);
  const wrong = { email, password: 'hunter2 hunter2' };
  for (const input of [wrong, { ...wrong, email: 'nobody@example.com' }])
    await harness.field(LOGIN, { input }, { device });
  expect(events('sign-in-failed')).toMatchObject([{ userId: caller.userId, address }, { address }]);
  expect(events('sign-in-failed')[1]).not.toHaveProperty('userId');
  expect(JSON.stringify(lines)).not.toMatch(/hunter2|@example\.com/);
});

test('so is a sign-in that was slowed down', async () => {
  const { harness, events } = await recordingAccounts();
  const { email, caller } = await registered(harness);
  const guess = () => harness.field(LOGIN, { input: { email, password: 'wrong password' } }, { device });
  await expect(
    (async () => {
      for (let tries = 0; tries < 30; tries += 1) await guess();
    })(),
  ).rejects.toThrow('RATE_LIMITED');
  expect(events('sign-in-slowed')).toMatchObject([{ userId: caller.userId, address }]);
});

test('so is a refresh token that was used again', async () => {
  const { harness, events } = await recordingAccounts();
  const { refreshToken, caller } = await registered(harness);
  const refresh = () => harness.field(REFRESH, { refreshToken }, { device });
  await refresh();
  await harness.database.$executeRaw`UPDATE refresh_tokens SET used_at = used_at - interval '1 minute'
    WHERE session_id = ${caller.sessionId}`;
  await refresh();
  const { userId, sessionId } = caller;
  expect(events('refresh-token-reused')).toMatchObject([{ userId, sessionId, address }]);
});

test('so are a wrong code of a second factor, and a wrong password of somebody who is signed in', async () => {
  const { harness, events } = await recordingAccounts();
  const { caller } = await registered(harness);
  await harness.field(START_TOTP, {}, { caller });
  await harness.field(CONFIRM_TOTP, { code: '000000x' }, { caller });
  expect(events('second-factor-failed')).toMatchObject([{ userId: caller.userId }]);
  await harness.field(CONFIRM_IDENTITY, { input: { password: 'wrong password' } }, { caller });
  expect(events('sign-in-failed')).toMatchObject([{ userId: caller.userId, sessionId: caller.sessionId }]);
});
