import type { PrismaClient } from '@marquee/prisma-accounts';

import type { ProviderIdentities } from '../domain/ports.ts';
import type { ProviderLogin, ProviderSignIn } from '../domain/sign-in-provider.ts';

/** Sign-ins with providers that are under way, in the accounts database: any process goes on with them. */
export class ProviderLoginRepository implements Pick<
  ProviderIdentities,
  'openLogin' | 'bindLogin' | 'useLogin' | 'addSignIn' | 'useSignIn' | 'deleteExpired'
> {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async openLogin(login: ProviderLogin): Promise<void> {
    await this.#client.providerLogin.create({ data: login });
  }

  async bindLogin(
    {
      hash,
      provider,
      browserHash,
      clientState,
    }: Pick<ProviderLogin, 'hash' | 'provider' | 'browserHash' | 'clientState'>,
    at: Date,
  ): Promise<boolean> {
    const { count } = await this.#client.providerLogin.updateMany({
      where: { hash, provider, browserHash: null, expiresAt: { gt: at } },
      data: { browserHash, clientState },
    });
    return count === 1;
  }

  /** One statement, as in {@link useSignIn}: of concurrent ones, one deletes the row. */
  async useLogin({
    hash,
    browserHash,
    at,
  }: {
    hash: string;
    browserHash: string;
    at: Date;
  }): Promise<ProviderLogin | null> {
    const [row] = await this.#client.$queryRaw<ProviderLogin[]>`
      DELETE FROM provider_logins WHERE hash = ${hash} AND browser_hash = ${browserHash} AND expires_at > ${at}
      RETURNING hash, provider, browser_hash AS "browserHash", client_state AS "clientState", link_to AS "linkTo",
        expires_at AS "expiresAt"`;
    return row ?? null;
  }

  async addSignIn(signIn: ProviderSignIn): Promise<void> {
    await this.#client.providerSignIn.create({ data: signIn });
  }

  async useSignIn(hash: string, at: Date): Promise<ProviderSignIn | null> {
    const [row] = await this.#client.$queryRaw<ProviderSignIn[]>`
      DELETE FROM provider_sign_ins WHERE hash = ${hash} AND expires_at > ${at}
      RETURNING hash, provider, subject, email, email_verified AS "emailVerified", display_name AS "displayName",
        link_to AS "linkTo", expires_at AS "expiresAt"`;
    return row ?? null;
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.#client.providerLogin.deleteMany({ where: { expiresAt: { lt: now } } });
    await this.#client.providerSignIn.deleteMany({ where: { expiresAt: { lt: now } } });
  }
}
