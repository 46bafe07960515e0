import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';

import { accessTokenVerifier } from '../src/access-tokens.ts';
import type { UserCaller } from '../src/caller.ts';
import { signingKeys } from '../src/signing-keys.ts';

let callerWith: (claims: Record<string, unknown>) => Promise<UserCaller>;
beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' };
  const verify = accessTokenVerifier({ keys: signingKeys(() => ({ keys: [jwk] })) });
  const standard = { iss: 'marquee', aud: 'marquee-api', sub: 'ann', sid: 'ses1', exp: 9_999_999_999 };
  callerWith = async (claims) =>
    verify(
      await new SignJWT({ ...standard, ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).sign(privateKey),
    );
});

test('a token says when the person gave a password, and whether the address is verified', async () => {
  const caller = await callerWith({ auth_time: 1_767_268_800, email_verified: true });
  expect(caller).toMatchObject({ authenticatedAt: new Date('2026-01-01T12:00:00Z'), emailVerified: true });
});

test.each([[{}], [{ auth_time: '1767268800', email_verified: 'true' }]])(
  'claims that are missing or of another type grant nothing: %j',
  async (claims) => {
    expect(await callerWith(claims)).toMatchObject({ authenticatedAt: new Date(0), emailVerified: false });
  },
);

test.each([{ aud: 'another-api' }, { aud: undefined }, { iss: 'somebody' }])(
  'a token for or by others is refused: %j',
  async (claims) => {
    await expect(callerWith(claims)).rejects.toMatchObject({ kind: 'invalid-token' });
  },
);
