import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

import { NOTIFICATION_KINDS, type NotificationKind } from '../domain/notification.ts';
import type { Unsubscription } from '../domain/unsubscription.ts';

const AUDIENCE = 'unsubscribe';
const ALGORITHM = 'HS256';
/** The route that the links lead to. */
export const UNSUBSCRIBE_PATH = '/pages/notifications/unsubscribe';

/** Links that end mails of a kind without a login. They work for as long as the mail is kept. */
export class UnsubscribeLinks {
  readonly #key: Uint8Array;
  readonly #origin: string;

  /** @param origin of the gateway */
  constructor(key: Uint8Array, origin: string) {
    this.#key = createHmac('sha256', key).update(AUDIENCE).digest();
    this.#origin = origin.replace(/\/+$/, '');
  }

  async linkOf({ userId, kind }: Unsubscription): Promise<string> {
    const claims = new SignJWT({ kind })
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(userId)
      .setAudience(AUDIENCE);
    return `${this.#origin}${UNSUBSCRIBE_PATH}?token=${await claims.sign(this.#key)}`;
  }

  /** The mails that a token ends; null for one that is not ours. */
  async read(token: string): Promise<Unsubscription | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, { algorithms: [ALGORITHM], audience: AUDIENCE });
      const kind: NotificationKind | undefined = NOTIFICATION_KINDS.find((known) => known === payload['kind']);
      return kind && payload.sub ? { userId: payload.sub, kind } : null;
    } catch {
      return null;
    }
  }
}
