import { localeOf } from '@marquee/messages';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import type { TriedDelivery } from '../domain/ports.ts';
import type { PushDelivery } from '../domain/push-message.ts';
import type { PushAnswer } from '../domain/push-outcome.ts';
import type { WaitingPush } from '../domain/push-plan.ts';
import { sendPushes, type SendPushesDeps } from './send-pushes.ts';

const message = { key: 'holdExpiring', values: { titleName: 'Arrival', minutes: 2 } } as const;
const now = new Date('2026-12-04T02:30:00.000Z');
const known = { id: 'usr_1', locale: localeOf(null), email: null, emailVerified: false, timeZone: 'Asia/Kolkata' };
const awake = { quietHours: { ofUsers: async () => [] }, fetchPeople: async () => [known] };
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
    ...{ urgency: 'normal', topic: null, isShort: false, attempts: 1, ttlSeconds: 60, isUrgent: false },
    subscription: { endpoint: `https://${host}/1`, p256dh: '', auth: '' },
    ...change,
  } as PushDelivery;
}

function sending(
  waiting: PushDelivery[],
  sendPush: SendPushesDeps['sendPush'],
  quiet: Pick<SendPushesDeps, 'quietHours' | 'fetchPeople'> = awake,
) {
  const settled: TriedDelivery[] = [];
  const delayed: WaitingPush[] = [];
  const counted: string[] = [];
  const deps: SendPushesDeps = {
    pushDeliveries: {
      claim: async (_lane, limit) => waiting.splice(0, limit),
      settle: async (tried) => void settled.push(...tried),
    },
    pushHosts: { record: async () => undefined },
    pushPaces: {
      plan: async (due) => {
        counted.push(...due.map(({ id }) => id));
        return [...due];
      },
      delay: async (waits) => void delayed.push(...waits),
    },
    now: () => now,
    ...quiet,
    log: { warn: () => undefined },
    onPush: () => undefined,
    sendPush,
  };
  return { settled, delayed, counted, run: sendPushes(deps, 'BULK') };
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

test('in the quiet hours of a person only what is urgent is pushed, and a repeat is counted once', async () => {
  const hours = { userId: 'usr_1', from: '22:00', until: '08:30' };
  const quietHours = { ofUsers: async () => [hours] };
  const both = () => [delivery(1), delivery(2, { isUrgent: true }), delivery(3, { userId: 'usr_2' })];
  const repeat = delivery(4, { userId: 'usr_2', attempts: 2 });
  const night = sending([...both(), repeat], async () => SENT, { ...awake, quietHours });
  await night.run;
  expect(night.settled.map(({ id }) => id).toSorted()).toEqual(['2', '3', '4']);
  expect(night.counted).toEqual(['3']);
  // Eight o’clock in Kolkata.
  expect(night.delayed).toEqual([{ id: '1', until: new Date('2026-12-04T03:00:00.000Z') }]);
  const fetchPeople = () => Promise.reject(new Error('accounts is away'));
  const blind = sending(both(), async () => SENT, { quietHours, fetchPeople });
  await blind.run;
  expect(blind.settled.map(({ id }) => id).toSorted()).toEqual(['2', '3']);
  expect(blind.delayed).toEqual([{ id: '1', until: new Date(now.getTime() + 60_000) }]);
});
