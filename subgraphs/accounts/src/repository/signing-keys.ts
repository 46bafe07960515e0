import type { Prisma, PrismaClient } from '@marquee/prisma-accounts';
import type { JWK } from 'jose';
import { z } from 'zod';
import type { SigningKeys } from '../domain/signing-keys.ts';

const jwk: z.ZodType<JWK> = z.looseObject({ kty: z.string(), kid: z.string() });

/** Signing keys in the accounts database. */
export function signingKeysIn(client: PrismaClient): SigningKeys {
  return {
    newest: async (count) => {
      const rows = await client.signingKey.findMany({ orderBy: { generation: 'desc' }, take: count });
      return rows.map(({ publicJwk, privateJwk, ...key }) => ({
        ...key,
        publicJwk: jwk.parse(publicJwk),
        sealedPrivateJwk: privateJwk,
      }));
    },

    add: async ({ sealedPrivateJwk, publicJwk, ...key }) => {
      const row: Prisma.SigningKeyCreateManyInput = {
        ...key,
        publicJwk: { ...publicJwk } as Prisma.InputJsonObject,
        privateJwk: Uint8Array.from(sealedPrivateJwk),
      };
      await client.signingKey.createMany({ data: [row], skipDuplicates: true });
    },

    removeBefore: async (generation) => {
      await client.signingKey.deleteMany({ where: { generation: { lt: generation } } });
    },
  };
}
