import { once } from 'node:events';
import { openLog } from '@marquee/telemetry';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { allowedOrigins } from '../../src/request/origins.ts';
import { startGateway } from './gateway-under-test.ts';

const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';
const STREAM = `?query=${encodeURIComponent('subscription { countdown(from: 1) }')}`;

async function gatewayFor(corsOrigins: readonly string[]) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const under = await startGateway({
    settings: { corsOrigins },
    log: openLog({ service: 'gateway', destination: { write } }),
  });
  const headersOf = (origin?: string) => (origin === undefined ? {} : { origin });
  return {
    lines,
    host: new URL(under.url).origin,
    /** The status of an upgrade: 101 when the socket opens. */
    socket: async (origin?: string): Promise<number> => {
      const socket = new WebSocket(under.socketUrl, 'graphql-transport-ws', { headers: headersOf(origin) });
      const status = await Promise.race([
        once(socket, 'open').then(() => 101),
        once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode as number),
      ]);
      socket.on('error', () => undefined);
      socket.terminate();
      return status;
    },
    stream: async (origin?: string): Promise<number> => {
      const response = await fetch(`${under.url}${STREAM}`, {
        headers: { accept: 'text/event-stream', ...headersOf(origin) },
      });
      await response.body?.cancel();
      return response.status;
    },
  };
}

test('scripts of listed websites, of the gateway’s own pages and clients that are no browsers open sockets and streams', async () => {
  const { socket, stream, host } = await gatewayFor([SHOP]);
  for (const origin of [SHOP, host, undefined]) {
    expect([await socket(origin), await stream(origin)]).toEqual([101, 200]);
  }
});

test('scripts of other websites open neither, and it is a security event', async () => {
  const { socket, stream, lines } = await gatewayFor([SHOP]);
  for (const origin of [EVIL, 'null', `${SHOP}.evil.example`, 'http://shop.example']) {
    expect([await socket(origin), await stream(origin)]).toEqual([403, 403]);
  }
  const events = lines.filter(({ security }) => security === 'origin-rejected');
  expect(events).toHaveLength(8);
  expect(events[0]).toMatchObject({ detail: EVIL, address: '127.0.0.1' });
});

test('in development any website may', async () => {
  const { socket, stream } = await gatewayFor(['*']);
  expect([await socket(EVIL), await stream(EVIL)]).toEqual([101, 200]);
});

test.each([
  [{ host: 'shop.example' }, 0, true],
  [{ ':authority': 'shop.example' }, 0, true],
  [{ host: 'gateway:4000', 'x-forwarded-host': 'shop.example' }, 1, true],
  [{ host: 'gateway:4000', 'x-forwarded-host': 'shop.example' }, 0, false],
  [{ host: 'shop.example', 'x-forwarded-host': 'other.example' }, 1, false],
])('with %j and %d trusted proxies, a page of shop.example is the gateway’s own: %s', (headers, proxies, isOwn) => {
  expect(allowedOrigins([], proxies)({ origin: SHOP, ...headers })).toBe(isOwn);
});
