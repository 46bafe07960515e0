import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  ensureServiceKeys,
  privateKeysFile,
  publicKeysFile,
  revokeServiceKeys,
  rotateServiceKey,
  serviceKeysIn,
  serviceSigner,
  serviceVerifier,
} from '../src/index.ts';

/** A folder with keys of two services, and running processes of both, which never restart. */
function deployment() {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = { at: Date.now() };
  const now = () => clock.at;
  ensureServiceKeys(folder, ['booking', 'payments']);
  const callerOf = (name: string) =>
    serviceSigner({ name, keys: serviceKeysIn(privateKeysFile(folder, name), { now }), now });
  const errors: unknown[] = [];
  const read = serviceKeysIn(publicKeysFile(folder), { now, onError: (error) => errors.push(error) });
  const verify = serviceVerifier({ name: 'payments', keys: read, now });
  return {
    ...{ folder, now, errors },
    pass: (seconds: number) => void (clock.at += seconds * 1_000),
    booking: callerOf('booking'),
    accepts: async (header: string) => (await verify(header))?.name,
  };
}

const kidOf = (header: string) =>
  (JSON.parse(Buffer.from(header.split(/[ .]/)[1] ?? '', 'base64url').toString()) as { kid: string }).kid;

test('a key is rotated without a restart and without a refused call', async () => {
  const { folder, now, pass, booking, accepts } = deployment();
  const kids = new Set<string>();
  rotateServiceKey({ folder, service: 'booking', overlapSeconds: 120, now });
  for (let seconds = 0; seconds < 400; seconds += 5) {
    const header = await booking('payments');
    kids.add(kidOf(header));
    expect(await accepts(header)).toBe('booking');
    pass(5);
  }
  expect(kids.size).toBe(2);
});

test('the former key is no longer accepted once its last token has expired, and is removed by the next rotation', async () => {
  const { folder, now, pass } = deployment();
  const former = serviceKeysIn(privateKeysFile(folder, 'booking'), { now })();
  rotateServiceKey({ folder, service: 'booking', overlapSeconds: 60, now });
  pass(141);
  const stale = serviceSigner({ name: 'booking', keys: () => former, now });
  const verify = serviceVerifier({ name: 'payments', keys: serviceKeysIn(publicKeysFile(folder)), now });
  await expect(verify(await stale('payments'))).rejects.toThrow('not valid');
  rotateServiceKey({ folder, service: 'booking', overlapSeconds: 60, now });
  for (const file of [publicKeysFile(folder), privateKeysFile(folder, 'booking')]) {
    expect(readFileSync(file, 'utf8')).not.toContain(former[0]?.kid);
  }
});

test('a stolen key is refused from its revocation on, and the other services are not affected', async () => {
  const { folder, now, pass, booking, accepts } = deployment();
  const stolen = await booking('payments');
  const bystander = serviceSigner({ name: 'payments', keys: serviceKeysIn(privateKeysFile(folder, 'payments')), now });
  expect(await accepts(stolen)).toBe('booking');
  revokeServiceKeys({ folder, service: 'booking', now });
  pass(1);
  await expect(accepts(stolen)).rejects.toThrow('not valid');
  expect(await accepts(await booking('payments'))).toBe('booking');
  expect(await accepts(await bystander('payments'))).toBe('payments');
});

test('a key is known as soon as somebody uses it', async () => {
  const { folder, now, accepts } = deployment();
  ensureServiceKeys(folder, ['search']);
  const search = serviceSigner({ name: 'search', keys: serviceKeysIn(privateKeysFile(folder, 'search')), now });
  expect(await accepts(await search('payments'))).toBe('search');
});

test('a file that cannot be read is reported, and the keys read before stay in use', async () => {
  const { folder, pass, booking, accepts, errors } = deployment();
  writeFileSync(publicKeysFile(folder), '{"keys": [{"kty": "oct"}]}');
  pass(2);
  expect(await accepts(await booking('payments'))).toBe('booking');
  expect(String(errors[0])).toContain('is no key set of services');
});

test('only their owner may read private keys, and the public file has none', () => {
  const { folder } = deployment();
  expect(statSync(privateKeysFile(folder, 'booking')).mode & 0o777).toBe(0o600);
  expect(readFileSync(publicKeysFile(folder), 'utf8')).not.toContain('"d"');
});

test('two rotations at a time do not lose a key: the second says what to do', () => {
  const { folder } = deployment();
  writeFileSync(`${publicKeysFile(folder)}.lock`, '');
  const rotate = () => rotateServiceKey({ folder, service: 'booking', overlapSeconds: 0 });
  expect(rotate).toThrow('are being changed');
});

test('nothing is rotated or revoked in a folder without the service’s key, such as a mistyped one', () => {
  const { folder } = deployment();
  const before = readFileSync(publicKeysFile(folder), 'utf8');
  for (const [elsewhere, service] of [
    [folder, 'search'],
    [join(folder, 'mistyped'), 'booking'],
  ] as const) {
    const message = `${elsewhere} has no key of ${service}.`;
    expect(() => rotateServiceKey({ folder: elsewhere, service, overlapSeconds: 0 })).toThrow(message);
    expect(() => revokeServiceKeys({ folder: elsewhere, service })).toThrow(message);
  }
  expect(readFileSync(publicKeysFile(folder), 'utf8')).toBe(before);
  expect(readdirSync(folder)).toEqual(['booking.private.json', 'payments.private.json', 'services.json']);
});
