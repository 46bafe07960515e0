import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { newServiceKey, publicPart, type ServiceKey, serviceSigner, serviceVerifier } from '../src/index.ts';

const AT = Math.floor(Date.parse('2027-01-01T00:00:00Z') / 1_000);
const booking = newServiceKey('booking', 0);
const notifications = newServiceKey('notifications', 0);
const everybody = [booking, notifications].map(publicPart);

function verifying({ keys = () => everybody, at = AT }: { keys?: () => readonly ServiceKey[]; at?: number } = {}) {
  const verify = serviceVerifier({ name: 'payments', keys, now: () => at * 1_000 });
  return async (header: string) => verify(header);
}

interface Claims {
  readonly key?: ServiceKey;
  readonly kid?: string | undefined;
  readonly alg?: string;
  readonly sub?: string;
  readonly aud?: string;
  readonly iss?: string;
  readonly iat?: number | undefined;
  readonly exp?: number | undefined;
}

/** A header as the holder of a key may make it. */
async function headerOf(claims: Claims = {}): Promise<string> {
  const { key = booking, kid = key.kid, alg = 'EdDSA' } = claims;
  const payload = { iss: 'marquee-services', sub: 'booking', aud: 'payments', iat: AT, exp: AT + 60, ...claims };
  const { iss, sub, aud, iat, exp } = payload;
  const token = new SignJWT({ iss, sub, aud, ...(iat && { iat }), ...(exp && { exp }) });
  return `Service ${await token.setProtectedHeader({ alg, kid }).sign(key)}`;
}

test('a token of a service’s own key is accepted by the service that it is for', async () => {
  const sign = serviceSigner({ name: 'booking', keys: () => [booking], now: () => AT * 1_000 });
  expect(await verifying()(await sign('payments'))).toEqual({ kind: 'service', name: 'booking' });
  expect(await verifying()(await headerOf())).toEqual({ kind: 'service', name: 'booking' });
});

test('a token to forward with is no call, and a call forwards nothing', async () => {
  const now = () => AT * 1_000;
  for (const purpose of ['call', 'forward'] as const) {
    const header = await serviceSigner({ name: 'booking', purpose, keys: () => [booking], now })('payments');
    const verifierOf = (by: typeof purpose) =>
      serviceVerifier({ name: 'payments', purpose: by, keys: () => everybody, now });
    expect(await verifierOf(purpose)(header)).toEqual({ kind: 'service', name: 'booking' });
    const other = purpose === 'call' ? 'forward' : 'call';
    await expect(verifierOf(other)(header)).rejects.toMatchObject({ kind: 'invalid-service-token' });
  }
});

test.each<[string, Claims]>([
  ['in the name of another service', { key: notifications, sub: 'booking' }],
  ['in nobody’s name', { key: notifications, sub: '' }],
  ['by a key that nobody published', { key: newServiceKey('booking', 0) }],
  ['by a stranger’s key under a published id', { key: newServiceKey('booking', 0), kid: booking.kid }],
  ['for another service', { aud: 'catalog' }],
  ['by another issuer', { iss: 'marquee' }],
  ['older than a minute, though it says that it has not expired', { iat: AT - 75, exp: AT + 60 }],
  ['that would last longer than a minute', { exp: AT + 3_600 }],
  ['made in the future', { iat: AT + 30, exp: AT + 60 }],
  ['without a time', { iat: undefined }],
  ['without an expiry', { exp: undefined }],
])('a token %s is refused', async (_what, claims) => {
  const refused = { kind: 'invalid-service-token', extensions: { code: 'UNAUTHENTICATED' } };
  await expect(verifying()(await headerOf(claims))).rejects.toMatchObject(refused);
});

test('a token signed with a public key as if it were a secret is refused', async () => {
  const secret = Buffer.from(String(booking.x), 'base64url');
  const token = await new SignJWT({ sub: 'booking', aud: 'payments', iss: 'marquee-services', iat: AT, exp: AT + 60 })
    .setProtectedHeader({ alg: 'HS256', kid: booking.kid })
    .sign(secret);
  await expect(verifying()(`Service ${token}`)).rejects.toMatchObject({ kind: 'invalid-service-token' });
});

test('clocks may differ by ten seconds', async () => {
  await verifying({ at: AT - 10 })(await headerOf());
  await verifying({ at: AT + 69 })(await headerOf());
  for (const at of [AT - 11, AT + 71]) await expect(verifying({ at })(await headerOf())).rejects.toThrow('not valid');
});

test('a verified token is refused once it has expired, and once its key is taken back', async () => {
  let at = AT;
  let keys: readonly ServiceKey[] = everybody;
  const verify = serviceVerifier({ name: 'payments', keys: () => keys, now: () => at * 1_000 });
  const [first, second] = [await headerOf(), await headerOf({ exp: AT + 59 })];
  for (const each of [first, second]) await verify(each);
  expect(verify(first)).toEqual({ kind: 'service', name: 'booking' });
  keys = [publicPart(notifications)];
  await expect(verify(first)).rejects.toThrow('not valid');
  keys = everybody;
  at = AT + 70;
  await expect(verify(second)).rejects.toThrow('not valid');
});

test('a signature serves for twenty seconds, and not after the key was rotated', async () => {
  let at = AT;
  let keys: readonly ServiceKey[] = [booking];
  const sign = serviceSigner({ name: 'booking', keys: () => keys, now: () => at * 1_000 });
  const first = await sign('payments');
  at += 19;
  expect(sign('payments')).toBe(first);
  expect(await sign('catalog')).not.toBe(first);
  const next = newServiceKey('booking', at + 1);
  keys = [booking, next];
  expect(sign('payments')).toBe(first);
  at += 1;
  const second = await sign('payments');
  expect(second).not.toBe(first);
  const now = () => at * 1_000;
  const verify = serviceVerifier({ name: 'payments', keys: () => keys.map(publicPart), now });
  expect([await verify(first), await verify(second)].map((caller) => caller?.name)).toEqual(['booking', 'booking']);
});

test('another scheme is somebody else’s to judge', async () => {
  const verify = serviceVerifier({ name: 'payments', keys: () => everybody });
  expect(verify(`Bearer ${randomUUID()}`)).toBeNull();
});
