import { type LinkQuery, SignedLinks } from '@marquee/subgraph';

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
  readonly query: LinkQuery;
}

/** Links to tickets and calendars. */
export class DocumentLinks {
  readonly #links: SignedLinks;

  /** @param secrets the present one first. @param origin where clients reach us */
  constructor(secrets: readonly string[], origin: string, now: () => Date) {
    this.#links = new SignedLinks({ secrets, origin, lifeSeconds: LIFE_SECONDS, now });
  }

  urlOf({ version, ...key }: DocumentKey): string {
    return this.#links.urlOf(pathOf(key), version);
  }

  /** The document of a link; null when the link has expired, or is not one of ours. */
  open({ query, ...key }: FollowedLink): DocumentKey | null {
    const version = this.#links.open(pathOf(key), query);
    return version === null ? null : { ...key, version };
  }
}

function pathOf({ kind, id }: Pick<DocumentKey, 'kind' | 'id'>): string {
  return `${DOCUMENTS_PATH}/${kind}/${id}.${EXTENSIONS[kind]}`;
}
