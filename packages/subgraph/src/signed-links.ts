import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** The secrets that sign links, and where these lead. */
export interface SignedLinksOptions {
  /** The present one first; links of the others work until they are over. */
  readonly secrets: readonly (string | Uint8Array)[];
  /** Where clients reach the gateway. */
  readonly origin: string;
  readonly lifeSeconds: number;
  readonly now: () => Date;
}

/** The query string of a link that was followed. */
export type LinkQuery = Readonly<Record<string, string | undefined>>;

/**
 * Links to documents. A browser follows a link without an `Authorization` header, so the link itself is signed. What signs
 * it is in the query string, which is neither logged nor traced.
 */
export class SignedLinks {
  readonly #keys: readonly Buffer[];
  readonly #options: SignedLinksOptions;

  constructor(options: SignedLinksOptions) {
    this.#options = options;
    this.#keys = options.secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'document-links', 32)));
  }

  /** @param version of what the path leads to: links of another one do not open it */
  urlOf(path: string, version: number): string {
    const { origin, lifeSeconds, now } = this.#options;
    const until = Math.floor(now().getTime() / 1_000) + lifeSeconds;
    const signature = this.#signatures(path, version, until)[0]?.toString('base64url') ?? '';
    const query = new URLSearchParams({ version: String(version), until: String(until), signature });
    return `${origin.replace(/\/+$/, '')}${path}?${query.toString()}`;
  }

  /** The version of a link; null when the link has expired, or is not one of ours. */
  open(path: string, query: LinkQuery): number | null {
    const [version, until] = [Number(query['version']), Number(query['until'])];
    if (!Number.isInteger(version) || !(until * 1_000 > this.#options.now().getTime())) return null;
    const given = Buffer.from(query['signature'] ?? '', 'base64url');
    const isOurs = this.#signatures(path, version, until).some(
      (own) => own.length === given.length && timingSafeEqual(own, given),
    );
    return isOurs ? version : null;
  }

  #signatures(path: string, version: number, until: number): Buffer[] {
    const content = JSON.stringify([path, version, until]);
    return this.#keys.map((key) => createHmac('sha256', key).update(content).digest());
  }
}
