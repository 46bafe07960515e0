/** A message that the server has, in its place. */
export interface Message {
  readonly id: string;
  /** 1, 2, 3 and so on without a gap. */
  readonly sequence: number;
  readonly text: string;
  readonly sentAt: string;
  readonly author: { readonly id: string; readonly displayName: string } | null;
}

/** A message of the person that the server does not have yet, or whose place is not known yet. */
export interface Outgoing {
  /** The idempotency key: a repeat sends nothing again. */
  readonly key: string;
  readonly text: string;
  readonly at: string;
  /** Once the server has it. */
  readonly messageId?: string;
  /** Why the server refused it. */
  readonly problem?: string;
}

/** Adds messages, each once, in the order of their places. */
export function merged(known: readonly Message[], arrived: readonly Message[]): readonly Message[] {
  const byId = new Map([...known, ...arrived].map((message) => [message.id, message]));
  return [...byId.values()].toSorted((a, b) => a.sequence - b.sequence);
}

/** The last place up to which nothing is missing; 0 for an empty list. */
export function lastComplete(messages: readonly Message[]): number {
  const [first] = messages;
  let last = first ? first.sequence - 1 : 0;
  for (const { sequence } of messages) {
    if (sequence !== last + 1) return last;
    last = sequence;
  }
  return last;
}

/** Whether a place between the first and the last message is missing. */
export const hasGap = (messages: readonly Message[]): boolean =>
  lastComplete(messages) !== (messages.at(-1)?.sequence ?? 0);

/** Messages on their way, which have not come back in their places. */
export function undelivered(outgoing: readonly Outgoing[], messages: readonly Message[]): readonly Outgoing[] {
  const ids = new Set(messages.map(({ id }) => id));
  return outgoing.filter(({ messageId }) => messageId === undefined || !ids.has(messageId));
}
