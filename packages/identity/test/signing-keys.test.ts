import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { accessTokenVerifier } from '../src/access-tokens.ts';
import { signingKeys } from '../src/signing-keys.ts';

test('while the JWKS is unreachable, cached keys verify tokens; without any, the error is not UNAUTHENTICATED', async () => {
  const { address, sign, stop } = await issuer();
  const keys = signingKeys(address, { maxAgeMs: 0 });
  const verify = accessTokenVerifier({ keys });
  const token = await sign();
  expect((await verify(token)).userId).toBe('ann');
  await stop();
  expect((await verify(token)).userId).toBe('ann');
  expect((await keys.read()).keys).toHaveLength(1);

  const ignorant = accessTokenVerifier({ keys: signingKeys(address) });
  await expect(ignorant(token)).rejects.not.toHaveProperty('extensions.code', 'UNAUTHENTICATED');
});

test('a token signed by an unknown key is rejected', async () => {
  const [ours, theirs] = [await issuer(), await issuer()];
  const verify = accessTokenVerifier({ keys: signingKeys(ours.address) });
  await expect(verify(await theirs.sign())).rejects.toHaveProperty('extensions.code', 'UNAUTHENTICATED');
});

async function issuer() {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const body = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' }] });
  const server = createServer((_request, response) => response.setHeader('connection', 'close').end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return {
    address: new URL(`http://127.0.0.1:${port}/jwks.json`),
    sign: () =>
      new SignJWT({ sid: 'ses1', roles: [], scope: '' })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
        .setSubject('ann')
        .setIssuer('marquee')
        .setAudience('marquee-api')
        .setExpirationTime('10 minutes')
        .sign(privateKey),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
