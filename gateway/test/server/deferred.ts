import { meros } from 'meros/browser';
import { onTestFinished } from 'vitest';
import type { GatewayUnderTest } from './gateway-under-test.ts';
import { type Theatre, theatre } from './theatre.ts';

export const APOLLO = 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9';
const DRAFT = 'multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9';
export const SEATS = 'query Seats { shows { title ... @defer(label: "seats") { available } } }';
export const TITLES = { shows: [{ title: 'Hamlet' }, { title: 'Faust' }] };
export const WHOLE = { shows: ['Hamlet', 'Faust'].map((title) => ({ title, available: 42 })) };

interface Sent {
  readonly accept?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly body?: object;
}

export function post(
  { url }: Pick<GatewayUnderTest, 'url'>,
  query: string,
  { accept = DRAFT, headers, signal, body }: Sent = {},
) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query, ...body }),
    ...(signal && { signal }),
  });
}

export async function* partsOf(response: Response): AsyncGenerator<unknown> {
  const parts = await meros(response);
  if (!(Symbol.asyncIterator in parts)) throw new Error(`Not in parts: ${await parts.text()}`);
  for await (const part of parts) yield part.body;
}

export async function allParts(under: GatewayUnderTest, query: string, sent: Sent = {}): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (const part of partsOf(await post(under, query, sent))) parts.push(part);
  return parts;
}

/** A theatre whose seats are counted when the test says so. */
export function waitingTheatre(): Theatre & { open(): void } {
  const backend = theatre();
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  onTestFinished(open);
  const { booking } = backend.subgraphs;
  if (booking === undefined) throw new Error('There is no booking');
  const waiting = { ...booking, execute: async (request: never) => opened.then(() => booking.execute(request)) };
  return { ...backend, subgraphs: { ...backend.subgraphs, booking: waiting }, open };
}
