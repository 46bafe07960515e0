import { connect } from 'node:net';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { collect, startGateway } from '../server/gateway-under-test.ts';

/** Events of four kilobytes soon fill the kernel's buffers of an unread connection. */
const PADDING = Array.from({ length: 40 }, (_, index) => `${'x'.repeat(100)}${index}: version`).join(' ');
const SEAT_MAP = `subscription { seatMapChanged(showId: "s1") { version ${PADDING} } }`;

test('a client that stops reading has a bounded queue and delays no other', async () => {
  const { client, theatre, gateway, url } = await startGateway({
    settings: { subscriptions: { maxBufferedBytes: 1_000, maxQueuedEvents: 5 } },
  });
  const quick = collect(client(), SEAT_MAP);
  const { port } = new URL(url);
  const stuck = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void stuck.destroy());
  await handshake(stuck);
  stuck.write(frame({ type: 'connection_init' }));
  await new Promise((resolve) => stuck.once('data', resolve));
  stuck.write(frame({ type: 'subscribe', id: '1', payload: { query: SEAT_MAP } }));
  await eventually(async () =>
    expect(await gateway.metrics.metrics()).toContain('marquee_gateway_subscriptions{state="live"} 2'),
  );
  stuck.pause();

  const drops = async () =>
    Number(/events_dropped_total\{queue="client"\} (\d+)/.exec(await gateway.metrics.metrics())?.[1]);
  let version = 0;
  await eventually(
    async () => {
      const until = version + 200;
      while (version < until) theatre.publish('seats:s1', { version: ++version, show: { id: 's1' } });
      await eventually(() => expect(quick.events.at(-1)).toMatchObject({ data: { seatMapChanged: { version } } }));
      expect(await drops()).toBeGreaterThan(0);
    },
    { timeoutMs: 25_000 },
  );

  let received = '';
  stuck.on('data', (data) => (received += data.toString('latin1')));
  stuck.resume();
  await eventually(() => expect(received).toContain('"extensions":{"gap":{"reason":"SLOW_CONSUMER"}}'));
  await eventually(() => expect(received).toContain(`"version":${version},`));
});

function handshake(socket: ReturnType<typeof connect>): Promise<unknown> {
  socket.write(
    'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n' +
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n',
  );
  return new Promise((resolve) => socket.once('data', resolve));
}

/** A short text frame of a client, masked with zeros. */
function frame(message: object): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  const length =
    payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), payload]);
}
