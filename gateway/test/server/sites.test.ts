import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const SCRIPT = `console.info(${JSON.stringify('x'.repeat(2_000))});`;

const folders: string[] = [];

function builtSite(title: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  folders.push(folder);
  mkdirSync(join(folder, 'assets'));
  const files: Record<string, string | Buffer> = {
    'index.html': `<!doctype html><title>${title}</title>`,
    'sw.js': '// the service worker',
    'assets/main-a1b2.js': SCRIPT,
    'assets/main-a1b2.js.br': brotliCompressSync(SCRIPT),
    'assets/main-a1b2.js.gz': gzipSync(SCRIPT),
    'assets/icon-c3d4.svg': '<svg/>',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

let gateway: GatewayUnderTest['gateway'];
let url: string;
let shop: string;

beforeAll(async () => {
  shop = builtSite('Shop');
  const sites = [
    { prefix: '/', folder: shop },
    { prefix: '/office', folder: builtSite('Office') },
  ];
  ({ gateway, url } = await startGateway({ sites }));
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const get = (path: string, headers: InjectOptions['headers'] = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
  gateway.app.inject({ method, url: path, headers });

test.each(['/', '/tickets', '/titles/dr.-no?from=home', '/office', '/office/', '/office/venues/1', '/index.html'])(
  'a browser that opens %s gets the page of its application',
  async (path) => {
    const { statusCode, headers, body } = await get(path, BROWSER);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain(path.startsWith('/office') ? 'Office' : 'Shop');
    expect([headers['cache-control'], headers.vary]).toEqual(['no-cache', expect.stringContaining('accept')]);
    const again = await get(path, { ...BROWSER, 'if-none-match': headers.etag as string });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
  },
);

test('a hashed file is kept for ever, and the service worker is asked for again', async () => {
  const script = await get('/assets/main-a1b2.js');
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect((await get('/office/sw.js')).headers).toMatchObject({ 'cache-control': 'no-cache', etag: expect.any(String) });
});

test.each([
  [undefined, undefined],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['zstd', undefined],
])('with Accept-Encoding %s a file comes as %s, as it was compressed at the build', async (accepted, expected) => {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  const answer = await get('/assets/main-a1b2.js', headers);
  expect([answer.headers['content-encoding'], answer.headers.vary]).toEqual([expected, 'accept-encoding']);
  const content = answer.rawPayload;
  const plain = expected === 'br' ? brotliDecompressSync(content) : expected ? gunzipSync(content) : content;
  expect(plain.toString()).toBe(SCRIPT);
});

test('the head of a file is that of its answer', async () => {
  const { statusCode, body, headers } = await get('/assets/icon-c3d4.svg', {}, 'HEAD');
  expect([statusCode, body, headers['content-type'], headers['content-length']]).toEqual([
    200,
    '',
    'image/svg+xml',
    '6',
  ]);
});

test.each([
  ['/assets/main-old.js', {}],
  ['/assets/main-old.js', BROWSER],
  ['/office/assets/gone.css', BROWSER],
  ['/favicon.ico', { accept: 'image/webp,image/*' }],
  ['/api/titles', { accept: 'application/json' }],
  ['/docs/none', BROWSER],
  ['/documents/none', BROWSER],
  ['/graphql/none', BROWSER],
  ['/assets/main-a1b2.js.br', {}],
] as const)('%s is not found, as it is no page', async (path, headers) => {
  expect((await get(path, headers)).statusCode).toBe(404);
});

test('what the gateway has at an address stays, and programs get JSON', async () => {
  expect((await get('/')).json()).toMatchObject({ name: 'Marquee', office: '/office' });
  expect((await get('/healthz', BROWSER)).json()).toEqual({ status: 'ok' });
  expect((await get('/graphql', BROWSER)).body).toContain('/graphql/explorer/graphiql.js');
  for (const path of ['/docs/clients', '/schema.graphql', '/assets/pages.css', '/developers'])
    expect([path, (await get(path, BROWSER)).statusCode]).toEqual([path, 200]);
  expect((await get('/session', BROWSER)).statusCode).toBe(405);
  expect((await get('/tickets', BROWSER, 'POST')).statusCode).toBe(404);
  expect((await get('/developers')).body).toContain('href="/office"');
});

test.each([
  '/../package.json',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%2f..%2fpackage.json',
  '/office/..%5c..%5cpackage.json',
  '/assets//etc/passwd',
  '/assets/main-a1b2.js%00.html',
  '/assets/__proto__',
])('%s leads to no file outside', async (path) => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 (400|404) /);
});

test('nothing inline runs, nobody frames a page, and only it uses the camera', async () => {
  for (const path of ['/', '/office', '/assets/main-a1b2.js', '/sw.js']) {
    const { headers } = await get(path, BROWSER);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'$/);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(self)'),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  }
});

test('another build is served without a restart', async () => {
  writeFileSync(join(shop, 'index.html'), '<!doctype html><title>Shop 2</title>');
  writeFileSync(join(shop, 'assets/new-e5f6.js'), '1;');
  utimesSync(join(shop, 'index.html'), new Date(), new Date(Date.now() + 5_000));
  expect((await get('/', BROWSER)).body).toContain('Shop 2');
  expect((await get('/assets/new-e5f6.js')).statusCode).toBe(200);
});

test('a site that is not built keeps the gateway from starting', async () => {
  await expect(startGateway({ sites: [{ prefix: '/', folder: '/nowhere' }] })).rejects.toThrow('/nowhere');
});
