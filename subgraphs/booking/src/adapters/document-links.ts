import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import type { DocumentKey } from '../domain/document.ts';

/** How long a link works. */
const LIFE_SECONDS = 900;
/** The prefix of a link's path. */
export const DOCUMENTS_PATH = '/documents/booking';
const EXTENSIONS: Readonly<Record<DocumentKey['kind'], string>> = { tickets: 'pdf', calendars: 'ics' };

/** A link as it was followed. */
export interface FollowedLink {
  readonly kind: DocumentKey['kind'];
  readonly id: string;
  /** The query string. */
  readonly query: Readonly<Record<string, string | undefined>>;
}

/**
 * Links to documents. A browser follows a link without an `Authorization` header, so the link itself is signed. What signs
 * it is in the query string, which is neither logged nor traced.
 */
export class DocumentLinks {
  readonly #keys: readonly Buffer[];
  readonly #origin: string;
  readonly #now: () => Date;

  /** @param secrets from which the keys are derived, the present one first. @param origin where clients reach us */
  constructor(secrets: readonly string[], origin: string, now: () => Date) {
    this.#keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'document-links', 32)));
    this.#origin = origin.replace(/\/+$/, '');
    this.#now = now;
  }

  urlOf(key: DocumentKey): string {
    const { kind, id, version } = key;
    const until = Math.floor(this.#now().getTime() / 1_000) + LIFE_SECONDS;
    const signature = this.#signatures(key, until)[0]?.toString('base64url') ?? '';
    const query = new URLSearchParams({ version: String(version), until: String(until), signature });
    return `${this.#origin}${DOCUMENTS_PATH}/${kind}/${id}.${EXTENSIONS[kind]}?${query.toString()}`;
  }

  /** The document of a link; null when the link has expired, or is not one of ours. */
  open({ kind, id, query }: FollowedLink): DocumentKey | null {
    const [version, until] = [Number(query['version']), Number(query['until'])];
    if (!Number.isInteger(version) || !(until * 1_000 > this.#now().getTime())) return null;
    const key = { kind, id, version };
    const given = Buffer.from(query['signature'] ?? '', 'base64url');
    const isOurs = this.#signatures(key, until).some(
      (own) => own.length === given.length && timingSafeEqual(own, given),
    );
    return isOurs ? key : null;
  }

  #signatures({ kind, id, version }: DocumentKey, until: number): Buffer[] {
    const content = JSON.stringify([kind, id, version, until]);
    return this.#keys.map((key) => createHmac('sha256', key).update(content).digest());
  }
}
