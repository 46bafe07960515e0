import type { PrismaClient } from '@marquee/prisma-accounts';

import type { MailToken, MailTokenPurpose } from '../domain/mail-token.ts';
import type { MailTokens } from '../domain/ports.ts';

/** Tokens sent by mail, in the accounts database. */
export class MailTokenRepository implements MailTokens {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async add(token: MailToken): Promise<void> {
    await this.#client.mailToken.create({ data: token });
  }

  async find(hash: string, purpose: MailTokenPurpose, at: Date): Promise<{ userId: string; email: string } | null> {
    return this.#client.mailToken.findFirst({
      where: { hash, purpose, expiresAt: { gt: at } },
      select: { userId: true, email: true },
    });
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.#client.mailToken.deleteMany({ where: { expiresAt: { lt: now } } });
  }
}
