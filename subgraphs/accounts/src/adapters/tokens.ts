import { createHash } from 'node:crypto';

import type { HashToken } from '../domain/token.ts';

export { randomBytes } from 'node:crypto';

/** SHA-256 of a token, in base64url. */
export const hashToken: HashToken = (token) => createHash('sha256').update(token).digest('base64url');
