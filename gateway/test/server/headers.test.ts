import { beforeAll, expect, test } from 'vitest';
import type { GivenSettings } from '../../src/settings.ts';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';

const JSON_REQUEST = { method: 'POST', headers: { 'content-type': 'application/json' } } as const;
const ROUTES = {
  'a result': { ...JSON_REQUEST, url: '/graphql', payload: '{"query":"{ __typename }"}' },
  'a refused operation': { ...JSON_REQUEST, url: '/graphql', payload: '{"query":"{"}' },
  'a body that is too large': { ...JSON_REQUEST, url: '/graphql', payload: `"${'x'.repeat(2 << 20)}"` },
  'a method that is not allowed': { method: 'PATCH', url: '/graphql' },
  'a reservation': { method: 'PUT', url: '/graphql' },
  explorer: { url: '/graphql', headers: { accept: 'text/html' } },
  script: { url: '/graphql/explorer/explorer.js' },
  accounts: { url: '/graphql/explorer/accounts.json' },
  'first page': { url: '/developers' },
  'the way to it': { url: '/', headers: { accept: 'text/html' } },
  session: { ...JSON_REQUEST, url: '/session', payload: '{}' },
  'first document': { url: '/' },
  style: { url: '/assets/pages.css' },
  docs: { url: '/docs/clients' },
  schema: { url: '/schema.graphql' },
  liveness: { url: '/healthz' },
  readiness: { url: '/readyz' },
  keys: { url: '/.well-known/jwks.json' },
  webhook: { method: 'POST', url: '/beside' },
  nothing: { url: '/nowhere' },
  'an address that cannot be read': { url: '/%' },
} as const;

/** Routes that caches may keep, as their answers are the same for everybody. */
const CACHEABLE = new Set(['explorer', 'script', 'first page', 'style', 'docs', 'schema', 'keys']);

const gatewayWith = (settings: GivenSettings = {}) =>
  startGateway({ settings, routes: (app) => void app.post('/beside', async () => 'beside') });

let gateway: GatewayUnderTest['gateway'];

beforeAll(async () => {
  ({ gateway } = await gatewayWith());
});

test.each(Object.entries(ROUTES))('%s has the headers that keep browsers from misusing it', async (name, request) => {
  const { headers } = await gateway.app.inject(request);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['content-security-policy']).toMatch(
    /(default|object)-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/,
  );
  expect(headers['cache-control'] === 'no-store').toBe(!CACHEABLE.has(name));
  expect(headers['strict-transport-security']).toBeUndefined();
});

test.each(Object.entries(ROUTES))('%s is read by other websites only if it is GraphQL', async (_name, request) => {
  const origin = 'https://evil.example';
  const asked = { ...('headers' in request ? request.headers : {}), origin };
  const allowed = request.url === '/graphql' ? '*' : undefined;
  const answer = await gateway.app.inject({ ...request, headers: asked });
  expect(answer.headers['access-control-allow-origin']).toBe(allowed);
  const headers = { origin, 'access-control-request-method': 'POST' };
  const preflight = await gateway.app.inject({ method: 'OPTIONS', url: request.url, headers });
  expect(preflight.headers['access-control-allow-origin']).toBe(allowed);
});

test('behind TLS browsers are told to use nothing else, and the client cannot claim it', async () => {
  const https = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
  const behindProxy = await gatewayWith({ trustedProxies: 1 });
  const { 'an address that cannot be read': _unread, ...routes } = ROUTES;
  for (const request of Object.values(routes)) {
    const headers = { ...('headers' in request ? request.headers : {}), ...https };
    const told = await behindProxy.gateway.app.inject({ ...request, headers });
    expect(told.headers['strict-transport-security']).toBe('max-age=31536000');
    const claimed = await gateway.app.inject({ ...request, headers });
    expect(claimed.headers['strict-transport-security']).toBeUndefined();
  }
});
