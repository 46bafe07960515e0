import { localeOf } from '@marquee/messages';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import type { TriedDelivery } from '../domain/ports.ts';
import type { PushDelivery } from '../domain/push-message.ts';
import type { PushAnswer } from '../domain/push-outcome.ts';
import { sendPushes, type SendPushesDeps } from './send-pushes.ts';

const message = { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } } as const;
const SENT: PushAnswer = { status: 201, retryAfterMs: null };

function delivery(id: number, change: Partial<PushDelivery> = {}): PushDelivery {
  const host = `${id}.push.example.com`;
  return {
    ...{
      id: String(id),
      userId: 'usr_1',
      host,
      notificationId: `ntf_${id}`,
      kind: 'BOOKING',
      message,
      bookingId: null,
    },
    ...{ urgency: 'normal', topic: null, isShort: false, attempts: 1, ttlSeconds: 60 },
    subscription: { endpoint: `https://${host}/1`, p256dh: '', auth: '' },
    ...change,
  } as PushDelivery;
}

function sending(waiting: PushDelivery[], sendPush: SendPushesDeps['sendPush']) {
  const settled: TriedDelivery[] = [];
  const deps: SendPushesDeps = {
    pushDeliveries: {
      claim: async (_lane, limit) => waiting.splice(0, limit),
      settle: async (tried) => void settled.push(...tried),
    },
    pushHosts: { record: async () => undefined },
    fetchPeople: async () => [
      { id: 'usr_1', locale: localeOf(null), email: null, emailVerified: false, timeZone: null },
    ],
    log: { warn: () => undefined },
    onPush: () => undefined,
    sendPush,
  };
  return { settled, run: sendPushes(deps, 'BULK') };
}

test('endpoints that do not answer hold up no other', async () => {
  let sent = 0;
  let giveUp = (): void => undefined;
  const timeout = new Promise<PushAnswer>((resolve) => (giveUp = () => resolve({ status: null, retryAfterMs: null })));
  const { settled, run } = sending(
    Array.from({ length: 1_000 }, (_, id) => delivery(id)),
    async ({ id }) => {
      if (Number(id) % 100 === 0) return timeout;
      sent += 1;
      return SENT;
    },
  );
  await eventually(async () => expect(sent).toBe(990));
  giveUp();
  await run;
  expect(settled).toHaveLength(1_000);
  expect(settled.filter(({ outcome }) => outcome.kind === 'FAILED')).toHaveLength(10);
});

test('a message that cannot be written is given up, and the others of its batch are sent once', async () => {
  const broken = delivery(2, { message: null as never });
  const { settled, run } = sending([delivery(1), broken, delivery(3)], async () => SENT);
  await run;
  const outcomes = settled.map(({ id, outcome }) => `${id} ${outcome.kind}`);
  expect(outcomes.toSorted()).toEqual(['1 SENT', '2 REFUSED', '3 SENT']);
});
