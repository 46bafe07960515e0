import { multipartPart } from './multipart.ts';

/** `extensions.gap`: events before this one are missing. */
export interface Gap {
  /**
   * - `SLOW_CONSUMER`: the client read too slowly;
   * - `UPSTREAM_RECONNECTED`: a connection between the domain and here was lost and restored;
   * - `EVENT_FAILED`: this event could not be read.
   */
  readonly reason: 'SLOW_CONSUMER' | 'UPSTREAM_RECONNECTED' | 'EVENT_FAILED';
}

const NEXT = '","type":"next","payload":';

/**
 * One event, serialised once for all clients of a group.
 *
 * A `next` message differs between clients only by the operation's id, so the bytes after the id are shared.
 */
export class EventPayload {
  /** The whole GraphQL response. */
  readonly body: string;
  #frameTail: Buffer | undefined;
  #eventStreamBytes: Buffer | undefined;
  #multipartBytes: Buffer | undefined;
  #withGap: EventPayload | undefined;

  constructor(body: string) {
    this.body = body;
  }

  /** Its memory, in bytes. */
  get size(): number {
    return this.body.length;
  }

  /** The part of a graphql-transport-ws `next` message after `{"id":"…`. */
  get frameTail(): Buffer {
    return (this.#frameTail ??= Buffer.from(`${NEXT}${this.body}}`));
  }

  /** The `next` event of GraphQL over server-sent events. */
  get eventStreamBytes(): Buffer {
    return (this.#eventStreamBytes ??= Buffer.from(`event: next\ndata: ${this.body}\n\n`));
  }

  /** The part of a multipart response. */
  get multipartBytes(): Buffer {
    return (this.#multipartBytes ??= Buffer.from(multipartPart(`{"payload":${this.body}}`)));
  }

  /** The same event with `extensions.gap`. It parses the body, which is acceptable because gaps are rare. */
  withGap(gap: Gap): EventPayload {
    return (this.#withGap ??= this.with({ gap }));
  }

  /** The same response with more extensions. */
  with(added: object): EventPayload {
    const response = JSON.parse(this.body) as { extensions?: object };
    const extensions = { ...response.extensions, ...added };
    return new EventPayload(JSON.stringify({ ...response, extensions }));
  }
}
