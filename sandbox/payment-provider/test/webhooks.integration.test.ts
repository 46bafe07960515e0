import { createHmac } from 'node:crypto';
import { eventually } from '@marquee/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { startProvider, startReceiver, WEBHOOK_SECRET, type WebhookReceiver } from './provider.ts';

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

test('a webhook is signed over its time and body', async () => {
  const sandbox = await startProvider({ webhookUrl: receiver.url });
  await sandbox.charge('tok_visa');
  const { body, signature } = await eventually(() => {
    const [first] = receiver.received;
    expect(first).toBeDefined();
    return first as NonNullable<typeof first>;
  });
  const t = /^t=(\d+),/.exec(signature)?.[1] ?? '';
  expect(Math.abs(Number(t) - Date.now() / 1000)).toBeLessThan(30);
  const expected = createHmac('sha256', WEBHOOK_SECRET).update(`${t}.${body}`).digest('hex');
  expect(signature).toBe(`t=${t},v1=${expected}`);
  await sandbox.provider.stop();
});

test('a webhook is retried until it is confirmed', async () => {
  const sandbox = await startProvider({ webhookUrl: receiver.url });
  receiver.status = 500;
  await sandbox.charge('tok_visa');
  await eventually(() => expect(receiver.received.length).toBeGreaterThanOrEqual(3));
  receiver.status = 200;
  const failures = receiver.received.length;
  await eventually(() => expect(receiver.received.length).toBeGreaterThan(failures));
  const ids = new Set(receiver.received.map(({ event }) => event.id));
  expect(ids.size).toBe(1);
  const second = await sandbox.charge('tok_visa');
  await eventually(() => expect(receiver.received.at(-1)?.event.data['charge']?.id).toBe(second.body.id));
  const confirmed = receiver.received.length;
  await sandbox.provider.stop();
  expect(receiver.received).toHaveLength(confirmed);
});

test('charges and undelivered webhooks survive a restart', async () => {
  const before = await startProvider({ webhookUrl: 'http://127.0.0.1:9/nobody' });
  const { body } = await before.charge('tok_visa');
  const late = await before.charge('tok_late');
  await before.provider.stop();
  const after = await startProvider({ webhookUrl: receiver.url, databaseUrl: before.databaseUrl });
  expect((await after.call('GET', `/v1/charges/${body.id}`)).body.status).toBe('succeeded');
  await eventually(() => {
    const reported = receiver.received.map(({ event }) => event.data['charge']?.id);
    expect(new Set(reported)).toEqual(new Set([body.id, late.body.id]));
  });
  await after.provider.stop();
});
