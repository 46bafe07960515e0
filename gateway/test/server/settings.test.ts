import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { environmentSettings, gatewaySettings } from '../../src/environment.ts';
import { DEFAULT_SETTINGS, settingsFrom } from '../../src/settings.ts';

function settingsFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'gateway.json');
  writeFileSync(path, text);
  return path;
}

const REQUIRED = {
  REDIS_URL: 'redis://127.0.0.1',
  JWKS_URL: 'http://accounts/jwks',
  SERVICE_KEY_FILE: import.meta.filename,
};

test('all settings have defaults', () => {
  expect(settingsFrom(gatewaySettings({}))).toEqual(DEFAULT_SETTINGS);
});

test('the file can set every setting; the others keep their defaults', () => {
  const { production: _, ...all } = DEFAULT_SETTINGS;
  const given = {
    ...all,
    limits: { maxDepth: 9 },
    cost: false,
    guards: { singleFlight: false, retry: false, circuitBreaker: { probeAfterMs: 500 } },
  };
  const settings = settingsFrom(gatewaySettings({ GATEWAY_SETTINGS: settingsFile(JSON.stringify(given)) }));
  expect(settings).toEqual({ ...DEFAULT_SETTINGS, ...given, limits: { ...DEFAULT_SETTINGS.limits, maxDepth: 9 } });
});

test.each([
  ['{"authorization": "dry-run"}', 'it withholds nothing'],
  ['{"rateLimits": false}', 'Rate limits cannot be disabled'],
  ['{"cost": false}', 'Demand control cannot be disabled'],
])('production does not start with %s in its file', (text, message) => {
  const GATEWAY_SETTINGS = settingsFile(text);
  expect(() => gatewaySettings({ GATEWAY_SETTINGS, NODE_ENV: 'production' })).toThrow(message);
  expect(() => settingsFrom({ ...gatewaySettings({ GATEWAY_SETTINGS }), production: true })).toThrow(message);
  expect(() => settingsFrom(gatewaySettings({ GATEWAY_SETTINGS }))).not.toThrow();
});

test('TLS needs both files', () => {
  const files = { TLS_CERT_FILE: '/tls/cert.pem', TLS_KEY_FILE: '/tls/key.pem' };
  expect(environmentSettings({ ...REQUIRED, ...files }).tls).toEqual({
    certFile: '/tls/cert.pem',
    keyFile: '/tls/key.pem',
  });
  expect(environmentSettings(REQUIRED).tls).toBeUndefined();
  for (const [name, file] of Object.entries(files)) {
    expect(() => environmentSettings({ ...REQUIRED, [name]: file })).toThrow('Set both TLS_CERT_FILE and TLS_KEY_FILE');
  }
});

test('a variable takes precedence over the file', () => {
  const file = settingsFile('{"safelist": "log", "executor": "stock", "trustedProxies": 2}');
  const environment = {
    GATEWAY_SETTINGS: file,
    SAFELIST: 'enforce',
    TRUSTED_PROXIES: '1',
    CORS_ORIGINS: 'https://a.example, https://b.example',
    NODE_ENV: 'production',
  };
  expect(settingsFrom(gatewaySettings(environment))).toMatchObject({
    safelist: 'enforce',
    executor: 'stock',
    trustedProxies: 1,
    corsOrigins: ['https://a.example', 'https://b.example'],
    production: true,
  });
});

test.each([
  ['{"limits": {"maxDepht": 9}}', /maxDepht/],
  ['{"operationTimeoutMs": "long"}', /operationTimeoutMs/],
  ['{"production": true}', /production/],
  ['{"cost": {"sampleRate": 2}}', /sampleRate/],
  ['{', /Set GATEWAY_SETTINGS to a JSON file/],
])('a settings file with %s is rejected, naming the setting', (text, named) => {
  expect(() => gatewaySettings({ GATEWAY_SETTINGS: settingsFile(text) })).toThrow(named);
});

test.each([
  [{ SAFELIST: 'maybe' }, 'Set SAFELIST to one of off, log, enforce.'],
  [{ TRUSTED_PROXIES: 'all' }, 'Set TRUSTED_PROXIES to a number from 0 to 9.'],
  [{ CORS_ORIGINS: 'example.com' }, 'Set CORS_ORIGINS to origins such as https://example.com,'],
  [{ SCHEMA_USAGE_SAMPLE: '2' }, 'Set SCHEMA_USAGE_SAMPLE to a number from 0 to 1.'],
  [{ GATEWAY_HTTP_CLIENT: 'curl' }, 'Set GATEWAY_HTTP_CLIENT to one of http1, undici.'],
  [{ GATEWAY_PORT: '70000' }, 'Set GATEWAY_PORT to a port from 0 to 65535.'],
  [{ SERVICE_KEY_FILE: '/nowhere' }, 'Set SERVICE_KEY_FILE to the file of this service’s private keys'],
  [{ EVENT_STREAM_SECRET: 'short' }, 'Set EVENT_STREAM_SECRET to a secret of at least 32 characters.'],
  [{ REDIS_URL: '' }, 'Set REDIS_URL to a URL such as redis://127.0.0.1:6379.'],
  [{ SUBGRAPH_URL_CATALOG: 'catalog:4000' }, 'Set SUBGRAPH_URL_CATALOG to a URL'],
  [{ RATE_LIMITS: 'off', NODE_ENV: 'production' }, 'RATE_LIMITS=off is for load tests. Unset it in production.'],
  [{ AUTHORIZATION_MODE: 'dry-run', NODE_ENV: 'production' }, 'AUTHORIZATION_MODE is dry-run'],
  [{ DEMO_ACCOUNTS: '[]', NODE_ENV: 'production' }, 'DEMO_ACCOUNTS gives the passwords of accounts away'],
  [
    { SANDBOX_PAGES: '{"fax":"http://127.0.0.1:1"}' },
    'Set SANDBOX_PAGES to a JSON object of URLs by mail, push, cards, sign-in.',
  ],
  [{ SANDBOX_PAGES: '{"mail":"http://127.0.0.1:1"}', NODE_ENV: 'production' }, 'SANDBOX_PAGES leads to'],
])('the environment %j is rejected, saying what to set', (wrong, message) => {
  const environment = { ...REQUIRED, ...wrong };
  expect(() => environmentSettings(environment as NodeJS.ProcessEnv)).toThrow(message);
});

test('variables set the URLs of subgraphs', () => {
  const environment = {
    ...REQUIRED,
    SUBGRAPH_URL_CATALOG: 'http://catalog:4000/graphql',
    SUBGRAPH_URL_WAITING_ROOM: 'http://room/graphql',
  };
  expect(environmentSettings(environment).subgraphUrls).toEqual({
    catalog: 'http://catalog:4000/graphql',
    'waiting-room': 'http://room/graphql',
  });
});
