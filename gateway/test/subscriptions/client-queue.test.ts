import { expect, test } from 'vitest';
import { ClientQueue } from '../../src/subscriptions/client-queue.ts';
import { HeldBytes } from '../../src/protection/holdings/share.ts';
import { holdingsUpTo } from '../protection/holdings-up-to.ts';
import { EventPayload } from '../../src/subscriptions/event-payload.ts';

function queueOf(limit: number, maxBytes = 1_000) {
  const holdings = holdingsUpTo({ bytes: maxBytes });
  const share = holdings.shareOf('192.0.2.1');
  const sent: unknown[] = [];
  const sink = {
    isBlocked: false,
    write: ({ body }: EventPayload) => void sent.push(JSON.parse(body)),
    finish: (errors?: unknown) => void sent.push(errors ?? 'complete'),
  };
  let dropped = 0;
  return {
    queue: new ClientQueue(sink, limit, new HeldBytes(share), () => dropped++),
    sink,
    sent,
    dropped: () => dropped,
    held: () => holdings.total('bytes'),
  };
}

const event = (n: number) => new EventPayload(JSON.stringify({ data: { n } }));

test('a client that reads gets each event immediately', () => {
  const { queue, sent } = queueOf(2);
  queue.next(event(1));
  queue.next(event(2));
  expect(sent).toEqual([{ data: { n: 1 } }, { data: { n: 2 } }]);
});

test('a slow client loses the oldest events and gets a gap', () => {
  const { queue, sink, sent, dropped } = queueOf(2);
  sink.isBlocked = true;
  for (const n of [1, 2, 3, 4]) queue.next(event(n));
  expect([sent, dropped()]).toEqual([[], 2]);
  sink.isBlocked = false;
  queue.flush();
  expect(sent).toEqual([{ data: { n: 3 }, extensions: { gap: { reason: 'SLOW_CONSUMER' } } }, { data: { n: 4 } }]);
});

test('queued events are sent in order, also when more arrive meanwhile', () => {
  const { queue, sink, sent } = queueOf(10);
  sink.isBlocked = true;
  queue.next(event(1));
  sink.isBlocked = false;
  queue.next(event(2));
  queue.flush();
  queue.next(event(3));
  expect(sent).toEqual([1, 2, 3].map((n) => ({ data: { n } })));
});

test('the end is sent after queued events, and nothing after the end', () => {
  const { queue, sink, sent } = queueOf(10);
  sink.isBlocked = true;
  queue.next(event(1));
  queue.end();
  queue.next(event(2));
  expect(sent).toEqual([]);
  sink.isBlocked = false;
  queue.flush();
  expect(sent).toEqual([{ data: { n: 1 } }, 'complete']);
});

test('the memory of a client bounds its queue too, and is free again once the events are sent', () => {
  const { queue, sink, sent, dropped, held } = queueOf(10, 40);
  sink.isBlocked = true;
  for (const n of [1, 2, 3, 4]) queue.next(event(n));
  expect([dropped(), held()]).toEqual([2, 2 * event(1).size]);
  queue.next(new EventPayload(JSON.stringify({ data: 'x'.repeat(100) })));
  expect([dropped(), held()]).toEqual([5, 0]);
  queue.next(event(6));
  sink.isBlocked = false;
  queue.flush();
  expect(sent).toEqual([{ data: { n: 6 }, extensions: { gap: { reason: 'SLOW_CONSUMER' } } }]);
  expect(held()).toBe(0);
});

test('a gap is told with the next event, also when there was no memory for any', () => {
  const { queue, sink, sent } = queueOf(10, event(1).size - 1);
  sink.isBlocked = true;
  queue.next(event(1));
  sink.isBlocked = false;
  queue.flush();
  queue.next(event(2));
  queue.next(event(3));
  expect(sent).toEqual([{ data: { n: 2 }, extensions: { gap: { reason: 'SLOW_CONSUMER' } } }, { data: { n: 3 } }]);
});
