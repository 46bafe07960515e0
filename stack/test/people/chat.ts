/** Both sides of a support chat, each on a connection of its own that can be cut. */
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { eventually } from '@marquee/testkit';

/** A message as a side of the chat receives it. */
export interface Heard {
  readonly sequence: number;
  readonly text: string;
  readonly internal: boolean;
}

/** A live subscription to a ticket. */
export interface Following {
  /** The messages that have come, in the order in which they came. */
  readonly heard: readonly Heard[];
  /** Ends the connection as a lost network does: without a word to the other side. */
  cut(): void;
}

export interface FollowInput {
  readonly endpoint: string;
  readonly accessToken: string;
  readonly ticketId: string;
  /** The number of the last message that the client has. */
  readonly after: number;
}

const QUERY = `subscription FollowSupportTicket($ticketId: ID!, $after: Int) {
  supportTicketChanged(ticketId: $ticketId, after: $after) {
    ticket { id status messages(last: 5) { internal } } message { sequence text internal }
  }
}`;

interface Change {
  readonly ticket: { readonly messages: readonly Pick<Heard, 'internal'>[] };
  readonly message: Heard | null;
}

interface Event {
  readonly data?: { readonly supportTicketChanged: Change } | null;
  readonly errors?: readonly unknown[];
}

/** Follows a ticket on a WebSocket. */
export function followBySocket({ endpoint, accessToken, ...variables }: FollowInput): Following {
  const heard: Heard[] = [];
  let socket: WebSocket | undefined;
  const client = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${accessToken}` },
    retryAttempts: 0,
    on: { opened: (opened) => void (socket = opened as WebSocket) },
  });
  client.subscribe<Event['data']>(
    { query: QUERY, variables },
    { next: (event) => record(heard, event as Event), error: () => {}, complete: () => {} },
  );
  return { heard, cut: () => socket?.terminate() };
}

/** Follows a ticket on a stream of server-sent events. */
export function followByStream({ endpoint, accessToken, ...variables }: FollowInput): Following {
  const heard: Heard[] = [];
  const abort = new AbortController();
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    authorization: `Bearer ${accessToken}`,
  };
  const body = JSON.stringify({ query: QUERY, variables });
  void (async () => {
    const response = await fetch(endpoint, { method: 'POST', headers, body, signal: abort.signal });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = `${text}${chunk}`.split('\n\n');
      text = events.pop() ?? '';
      for (const [, data = ''] of events.flatMap((event) => [...event.matchAll(/^data: (.+)$/gm)])) {
        record(heard, JSON.parse(data) as Event);
      }
    }
  })().catch(() => {});
  return { heard, cut: () => abort.abort() };
}

/** @throws when the event is not one of a ticket */
function record(heard: Heard[], { data, errors }: Event): void {
  if (errors || !data) throw new Error(JSON.stringify(errors));
  const { message, ticket } = data.supportTicketChanged;
  if (message) heard.push(message);
  // A note beside the messages counts as heard.
  for (const { internal } of ticket.messages) if (internal) heard.push({ sequence: 0, text: 'a note', internal });
}

/** Waits until a message has come. */
export async function until({ heard }: Following, text: string): Promise<void> {
  await eventually(async () => {
    if (!heard.some((message) => message.text === text)) throw new Error(`“${text}” has not come`);
  });
}
