import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2, constants } from 'node:http2';
import { Agent, type Agent as HttpsAgent, get as getHttps } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { eventually } from '@marquee/testkit';
import { createClient } from 'graphql-ws';
import { expect, onTestFinished, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import type { GatewayOptions } from '../../src/gateway-options.ts';
import { CERTIFICATE, KEY, RENEWED_CERTIFICATE } from '../transports/tls-certificate.ts';
import { collect, type GatewayUnderTest, startGateway } from './gateway-under-test.ts';

const CA = CERTIFICATE;
const ACCEPT = ['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0'];
const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version } }';

async function overTls(options: Partial<GatewayOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tls-'));
  const tls = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem'), checkEveryMs: 20 };
  await writeFile(tls.certFile, CERTIFICATE);
  await writeFile(tls.keyFile, KEY);
  const under = await startGateway({ tls, ...options });
  onTestFinished(() => rm(folder, { recursive: true }));
  return { ...under, tls };
}

function sessionWith({ url }: GatewayUnderTest): ClientHttp2Session {
  const session = connectHttp2(url, { ca: CA });
  onTestFinished(() => session.destroy());
  session.on('error', () => {});
  return session;
}

/** Sends an operation by POST; the text grows as the response arrives. */
function post(session: ClientHttp2Session, query: string, headers: Record<string, string> = {}) {
  const stream: ClientHttp2Stream = session.request({
    ':method': 'POST',
    ':path': '/graphql',
    'content-type': 'application/json',
    ...headers,
  });
  const reply = { headers: {} as Record<string, unknown>, text: '', isEnded: false };
  stream.setEncoding('utf8');
  stream.on('response', (received) => (reply.headers = received));
  stream.on('data', (chunk: string) => (reply.text += chunk));
  stream.on('close', () => (reply.isEnded = true));
  stream.end(JSON.stringify({ query }));
  return { reply, stream };
}

test('over TLS one HTTP/2 connection carries requests side by side', async () => {
  const under = await overTls();
  expect(under.url).toMatch(/^https:/);
  const session = sessionWith(under);
  const events = post(session, SEAT_MAP, { accept: 'text/event-stream' });
  const quick = post(session, '{ shows { title } }', { 'accept-encoding': 'br' });
  await eventually(() => expect(quick.reply.isEnded).toBe(true));
  expect(events.reply.isEnded).toBe(false);
  expect(quick.reply.headers).toMatchObject({ ':status': 200, 'x-content-type-options': 'nosniff' });
  expect(session.alpnProtocol).toBe('h2');
});

test('a client without HTTP/2 uses HTTP/1.1', async () => {
  const { url } = await overTls();
  const agent: HttpsAgent = new Agent({ ca: CA, keepAlive: true });
  onTestFinished(() => agent.destroy());
  const version = await new Promise((resolve, reject) => {
    getHttps(new URL('/healthz', url), { agent }, (response) => resolve(response.resume().httpVersion)).on(
      'error',
      reject,
    );
  });
  expect(version).toBe('1.1');
});

test('a WebSocket works on the same port', async () => {
  const { socketUrl, theatre } = await overTls();
  class TrustingWebSocket extends WebSocket {
    constructor(url: string, protocols: string, options: ClientOptions) {
      super(url, protocols, { ...options, ca: CA });
    }
  }
  const client = createClient({ url: socketUrl, webSocketImpl: TrustingWebSocket, retryAttempts: 0 });
  onTestFinished(() => void client.dispose());
  const { events } = collect(client, SEAT_MAP);
  await eventually(() => expect(theatre.log.upstreams.get('seats:s1')).toBe(1));
  theatre.publish('seats:s1', { version: 1, show: { id: 's1' } });
  await eventually(() => expect(events).toEqual([{ data: { seatMapChanged: { version: 1 } } }]));
});

test.each(ACCEPT)(
  '%s works over HTTP/2, many on one connection, and a reset stream ends its upstream',
  async (accept) => {
    const under = await overTls();
    const session = sessionWith(under);
    const streams = Array.from({ length: 10 }, () => post(session, SEAT_MAP, { accept }));
    const live = async () => await under.gateway.metrics.metrics();
    await eventually(async () => expect(await live()).toContain('subscriptions{state="live"} 10'));
    under.theatre.publish('seats:s1', { version: 7, show: { id: 's1' } });
    for (const { reply } of streams) await eventually(() => expect(reply.text).toContain('"version":7'));
    for (const { stream } of streams) stream.close();
    await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(0));
    expect(await live()).toContain('response_streams 0');
  },
);

test.each(ACCEPT)('a client that stops reading %s has a bounded queue, and then learns of the gap', async (accept) => {
  const under = await overTls({ settings: { subscriptions: { maxBufferedBytes: 1_000, maxQueuedEvents: 5 } } });
  const padding = Array.from({ length: 40 }, (_, index) => `${'x'.repeat(100)}${index}: version`).join(' ');
  const query = `subscription { seatMapChanged(showId: "s1") { version ${padding} } }`;
  const { reply, stream } = post(sessionWith(under), query, { accept });
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  stream.pause();
  const metrics = async () => await under.gateway.metrics.metrics();
  let version = 0;
  await eventually(async () => {
    for (let n = 0; n < 100; n++) under.theatre.publish('seats:s1', { version: ++version, show: { id: 's1' } });
    expect(await metrics()).toMatch(/events_dropped_total\{queue="client"\} [1-9]/);
  });
  stream.resume();
  await eventually(() => expect(reply.text).toContain('SLOW_CONSUMER'));
  await eventually(() => expect(reply.text).toContain(`"version":${version},`));
});

test('a stop finishes requests in flight, completes streams and closes sessions', async () => {
  const under = await overTls();
  const session = sessionWith(under);
  const running = post(session, '{ slow(ms: 200) }');
  const events = post(session, SEAT_MAP, { accept: 'text/event-stream' });
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  await under.gateway.stop();
  await eventually(() => expect(session.closed).toBe(true));
  expect(running.reply.text).toBe('{"data":{"slow":"done"}}');
  expect(events.reply.text).toBe('event: complete\ndata:\n\n');
});

test('a connection without a TLS handshake does not delay a stop', async () => {
  const { gateway, url } = await overTls();
  const spare = connect(Number(new URL(url).port), '127.0.0.1');
  await once(spare, 'connect');
  const closed = once(spare, 'close');
  const startedAt = performance.now();
  await gateway.stop();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  await closed;
});

test('a renewed certificate is used without a restart, a broken one is not', async () => {
  const logged: string[] = [];
  const note = (_details: object, message: string) => void logged.push(message);
  const log = { debug: () => {}, info: note, warn: note, error: note };
  const { url, tls } = await overTls({ log });
  const certificate = () =>
    new Promise<string>((resolve, reject) => {
      const { port } = new URL(url);
      const socket = connectTls({ port: Number(port), rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().serialNumber);
        socket.destroy();
      }).on('error', reject);
    });
  const first = await certificate();
  await writeFile(tls.certFile, 'broken');
  await eventually(() => expect(logged).toContain('the renewed certificate cannot be used'));
  expect(await certificate()).toBe(first);
  await writeFile(tls.certFile, RENEWED_CERTIFICATE);
  await eventually(async () => expect(await certificate()).not.toBe(first));
});

test('a certificate that cannot be read keeps the gateway from starting', async () => {
  const tls = { certFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem' };
  await expect(startGateway({ tls })).rejects.toThrow('/nowhere/cert.pem');
});

test('a connection has at most 128 streams', async () => {
  const session = sessionWith(await overTls());
  await once(session, 'remoteSettings');
  expect(session.remoteSettings.maxConcurrentStreams).toBe(128);
});

test('TLS before 1.2 is refused, and 1.3 is preferred', async () => {
  const { url } = await overTls();
  const protocolOf = async (options: ConnectionOptions) => {
    const socket = connectTls({ port: Number(new URL(url).port), host: '127.0.0.1', ca: CA, ...options });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    return socket.getProtocol();
  };
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  await expect(protocolOf(old)).rejects.toThrow('alert protocol version');
  expect(await protocolOf({})).toBe('TLSv1.3');
});

test('headers have the same limit as over HTTP/1.1', async () => {
  const under = await overTls();
  const session = sessionWith(under);
  const fits = post(session, '{ shows { id } }', { 'x-filler': 'x'.repeat(15_000) });
  await eventually(() => expect(fits.reply.text).toContain('"s1"'));
  const large = post(session, '{ shows { id } }', { 'x-filler': 'x'.repeat(16_500) });
  large.stream.on('error', () => {});
  await eventually(() => expect(large.reply.isEnded).toBe(true));
  expect([large.reply.text, large.stream.rstCode]).toEqual(['', constants.NGHTTP2_ENHANCE_YOUR_CALM]);
  const status = await new Promise((resolve) => {
    const headers = { 'x-filler': 'x'.repeat(16_500) };
    getHttps(new URL('/healthz', under.url), { ca: CA, headers, agent: false }, (response) =>
      resolve(response.resume().statusCode),
    );
  });
  expect(status).toBe(431);
});

/** Frames of HTTP/2: length, type, flags, stream, payload. */
function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** `GET https://x/healthz` in HPACK, as literals of the static table. */
const REQUEST = Buffer.from([0x82, 0x87, 0x01, 0x01, 0x78, 0x04, 0x08, ...Buffer.from('/healthz')]);

test.each([
  [
    'resets of new streams',
    (n: number) => [frame(1, 5, 2 * n + 1, REQUEST), frame(3, 0, 2 * n + 1, Buffer.from([0, 0, 0, 8]))],
  ],
  [
    'resets that say there is no error',
    (n: number) => [frame(1, 5, 2 * n + 1, REQUEST), frame(3, 0, 2 * n + 1, Buffer.from([0, 0, 0, 0]))],
  ],
  ['pings', () => [frame(6, 0, 0, Buffer.alloc(8))]],
  ['settings', () => [frame(4, 0, 0, Buffer.alloc(0))]],
])('a flood of %s ends its connection; a bystander is answered', async (_name, flood) => {
  const under = await overTls();
  const bystander = sessionWith(under);
  const socket = connectTls({
    port: Number(new URL(under.url).port),
    ca: CA,
    ALPNProtocols: ['h2'],
    host: '127.0.0.1',
  });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  const closed = new Promise((resolve) => socket.on('close', () => resolve('closed')));
  socket.resume();
  socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0, Buffer.alloc(0))]));
  socket.write(Buffer.concat(Array.from({ length: 900 }, (_, index) => flood(index)).flat()));
  expect(await closed).toBe('closed');
  const { reply } = post(bystander, '{ shows { id } }');
  await eventually(() => expect(reply.text).toContain('"s1"'));
});

test('control: as many requests that are answered do not end their connection', async () => {
  const session = sessionWith(await overTls());
  const asked = Array.from({ length: 900 }, () => session.request({ ':path': '/healthz' }).resume());
  await Promise.all(asked.map((stream) => once(stream, 'close')));
  expect(asked.map(({ rstCode }) => rstCode)).not.toContain(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  expect(session.destroyed).toBe(false);
});

test('a body in frames of a byte ends the session long before its end', async () => {
  const session = sessionWith(await overTls());
  const closed = once(session, 'close');
  const stream = session.request({ ':method': 'POST', ':path': '/graphql', 'content-type': 'application/json' });
  stream.on('error', () => {});
  let sent = 0;
  const write = (): void => {
    if (stream.destroyed) return;
    sent += 1;
    stream.write(' ', write);
  };
  write();
  await closed;
  expect(sent).toBeLessThan(100_000);
});
