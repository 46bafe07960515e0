import type { PrismaClient } from '@marquee/prisma-accounts';

import type { SigningKeys } from '../domain/ports.ts';
import type { SigningKey } from '../domain/signing-key.ts';
import { publicJwkShape } from './key-pairs.ts';

/** Signing keys in the accounts database. */
export class SigningKeyRepository implements SigningKeys {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async newest(count: number): Promise<SigningKey[]> {
    const rows = await this.#client.signingKey.findMany({ orderBy: { generation: 'desc' }, take: count });
    return rows.map(({ publicJwk, privateJwk, ...key }) => ({
      ...key,
      publicJwk: publicJwkShape.parse(publicJwk),
      sealedPrivateJwk: privateJwk,
    }));
  }

  async add({ sealedPrivateJwk, publicJwk, ...key }: SigningKey): Promise<void> {
    const row = { ...key, publicJwk: { ...publicJwk }, privateJwk: Uint8Array.from(sealedPrivateJwk) };
    await this.#client.signingKey.createMany({ data: [row], skipDuplicates: true });
  }

  async deleteBefore(generation: number): Promise<void> {
    await this.#client.signingKey.deleteMany({ where: { generation: { lt: generation } } });
  }
}
