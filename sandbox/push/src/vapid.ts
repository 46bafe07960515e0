import { importJWK, jwtVerify } from 'jose';

const RAW_KEY = /^[\w-]{87}$/;
/** A token may be valid for a day at most. */
const MAX_AGE_SECONDS = 86_400;

/**
 * Verifies who sends a message (RFC 8292): a token for this service, signed by the key that comes with it.
 *
 * @returns the sender's contact; undefined when the proof is missing or wrong
 */
export async function verifiedSender(authorization: string | undefined, audience: string): Promise<string | undefined> {
  const [, token, key] = /^vapid t=([^, ]+), ?k=([\w-]+)$/.exec(authorization ?? '') ?? [];
  if (token === undefined || key === undefined || !RAW_KEY.test(key)) return undefined;
  const raw = Buffer.from(key, 'base64url');
  const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((part) => part.toString('base64url'));
  try {
    const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
    const { payload } = await jwtVerify(token, publicKey, { audience, algorithms: ['ES256'], requiredClaims: ['exp'] });
    const isSoon = (payload.exp ?? 0) <= Date.now() / 1000 + MAX_AGE_SECONDS;
    return isSoon && payload.sub !== undefined ? payload.sub : undefined;
  } catch {
    return undefined;
  }
}
