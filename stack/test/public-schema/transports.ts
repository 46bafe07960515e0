import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A GraphQL error as a client gets it. */
export interface SentError {
  readonly message?: unknown;
  readonly locations?: unknown;
  readonly path?: unknown;
  readonly extensions?: { readonly code?: unknown; readonly field?: unknown; readonly limit?: unknown };
}

/** The end of a request: a status, 200 where the transport has none, and the errors; or the reason of its failure. */
export type Outcome = { readonly status: number; readonly errors: readonly SentError[] } | { readonly broken: string };

/** Sends the JSON text of a GraphQL request. */
export type Send = (body: string) => Promise<Outcome>;

/** A subscription that is accepted says nothing until something happens. */
const SILENCE_MS = 500;
const TIMEOUT_MS = 20_000;

export function overHttp(endpoint: string, authorization: Record<string, string>): Send {
  return async (body) => {
    const headers = { 'content-type': 'application/json', ...authorization };
    const response = await fetch(endpoint, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return outcomeOf(response.status, await response.text());
  };
}

/** Reads the stream's first event. @param silenceMs after which a subscription counts as accepted */
export function overEventStream(endpoint: string, authorization: Record<string, string>, silenceMs = SILENCE_MS): Send {
  return async (body) => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...authorization };
    const isSilent = body.includes('"query":"subscription');
    const signal = AbortSignal.timeout(isSilent ? silenceMs : TIMEOUT_MS);
    let text = '';
    try {
      const response = await fetch(endpoint, { method: 'POST', headers, body, signal });
      if (response.status !== 200) return outcomeOf(response.status, await response.text());
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        const data = /^event: next\ndata: ?(.*)\n\n/m.exec(text)?.[1];
        if (data !== undefined) return outcomeOf(200, data);
      }
      return { broken: `the stream ended: ${text}` };
    } catch (error) {
      if (isSilent && signal.aborted) return { status: 200, errors: [] };
      return { broken: `the stream failed: ${String(error)}` };
    }
  };
}

/** All requests go over one socket, which no request may close. */
export async function overSocket(
  endpoint: string,
  authorization: Record<string, string>,
): Promise<{ send: Send; close(): void }> {
  const socket = new WebSocket(endpoint.replace(/^http/, 'ws'), 'graphql-transport-ws');
  const waiting = new Map<string, (outcome: Outcome) => void>();
  let ids = 0;
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: authorization }));
  await once(socket, 'message');
  socket.on('message', (data: Buffer) => {
    const { id, type, payload } = JSON.parse(data.toString()) as { id: string; type: string; payload: unknown };
    if (type === 'ping') socket.send('{"type":"pong"}');
    if (type === 'error') waiting.get(id)?.({ status: 200, errors: payload as SentError[] });
    if (type === 'next') waiting.get(id)?.(outcomeOf(200, JSON.stringify(payload)));
  });
  socket.on('close', (code, reason) => {
    for (const resolve of waiting.values()) resolve({ broken: `the socket closed with ${code} ${reason.toString()}` });
  });
  const send: Send = (body) =>
    new Promise((resolve) => {
      const id = String((ids += 1));
      const isSilent = body.includes('"query":"subscription');
      const timer = setTimeout(
        () => finish(isSilent ? { status: 200, errors: [] } : { broken: 'no answer came over the socket' }),
        isSilent ? SILENCE_MS : TIMEOUT_MS,
      );
      const finish = (outcome: Outcome): void => {
        clearTimeout(timer);
        if (!waiting.delete(id)) return;
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'complete', id }));
        resolve(outcome);
      };
      waiting.set(id, finish);
      socket.send(`{"type":"subscribe","id":"${id}","payload":${body}}`);
    });
  return { send, close: () => socket.close() };
}

function outcomeOf(status: number, text: string): Outcome {
  try {
    const { errors = [] } = JSON.parse(text) as { errors?: SentError[] };
    return { status, errors };
  } catch {
    return { broken: `HTTP ${status}, which is not JSON: ${text.slice(0, 200)}` };
  }
}
