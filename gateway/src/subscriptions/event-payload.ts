/** Why events are missing before the one that says so, in `extensions.gap`. */
export interface Gap {
  /** `SLOW_CONSUMER`: this client did not read fast enough. `UPSTREAM_RECONNECTED`: the source was lost and found again. */
  readonly reason: 'SLOW_CONSUMER' | 'UPSTREAM_RECONNECTED';
}

const NEXT = '","type":"next","payload":';

/**
 * One event, made once and sent to all clients of a group.
 *
 * A socket's frame differs between clients only by the operation's id, so everything after the id is the same bytes.
 */
export class EventPayload {
  /** The whole GraphQL response. */
  readonly body: string;
  #frameTail: Buffer | undefined;
  #eventStreamBytes: Buffer | undefined;
  #withGap: EventPayload | undefined;

  constructor(body: string) {
    this.body = body;
  }

  /** What follows `{"id":"…` in a graphql-transport-ws `next` message. */
  get frameTail(): Buffer {
    return (this.#frameTail ??= Buffer.from(`${NEXT}${this.body}}`));
  }

  /** The event as GraphQL over server-sent events writes it. */
  get eventStreamBytes(): Buffer {
    return (this.#eventStreamBytes ??= Buffer.from(`event: next\ndata: ${this.body}\n\n`));
  }

  /** The same event, saying that others before it are missing. Rare, so it may cost a parse. */
  withGap(gap: Gap): EventPayload {
    return (this.#withGap ??= this.with({ gap }));
  }

  /** The same response with further extensions. */
  with(added: object): EventPayload {
    const response = JSON.parse(this.body) as { extensions?: object };
    const extensions = { ...response.extensions, ...added };
    return new EventPayload(JSON.stringify({ ...response, extensions }));
  }
}
