import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Who sends: a network, seen through one proxy, and perhaps an account. */
export interface Sender {
  readonly endpoint: string;
  readonly network: string;
  readonly accessToken?: string | undefined;
}

/** A GraphQL request. */
export interface Message {
  readonly query?: string;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** Sends an operation. @returns an outcome for each error and each root field */
export type Transport = (sender: Sender, message: Message) => Promise<readonly string[]>;

export const overHttp: Transport = async (sender, message) => post(sender, message);

export const overBatch: Transport = async (sender, message) => post(sender, [message, message]);

export const overEventStream: Transport = async (sender, message) => {
  const headers = { ...headersOf(sender), accept: 'text/event-stream' };
  const response = await fetch(sender.endpoint, {
    method: 'POST',
    headers,
    body: JSON.stringify(message),
    ...inTime(),
  });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const data = /^data: ?(.+)$/m.exec(text)?.[1];
    if (data !== undefined && text.includes('\n\n')) return outcomesOf(JSON.parse(data));
  }
  return text.startsWith('{') ? outcomesOf(JSON.parse(text)) : [`HTTP ${response.status}`];
};

/** A socket of its own for the operation. */
export const overSocket: Transport = async (sender, message) => {
  const socket = await openSocket(sender);
  if (socket === undefined) return ['SOCKET REFUSED'];
  try {
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: message }));
    return await firstOutcome(socket);
  } finally {
    socket.terminate();
  }
};

/** Each way to send an operation. */
export const TRANSPORTS: readonly Transport[] = [overHttp, overBatch, overEventStream, overSocket];

/** A socket that is ready for operations; undefined when it was refused. */
export async function openSocket(sender: Sender): Promise<WebSocket | undefined> {
  const socket = new WebSocket(sender.endpoint.replace(/^http/, 'ws'), 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': sender.network },
    handshakeTimeout: ANSWER_MS,
  });
  socket.on('error', () => undefined);
  socket.once('open', () => {
    const payload = sender.accessToken === undefined ? {} : { Authorization: `Bearer ${sender.accessToken}` };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
  });
  return new Promise((resolve) => {
    socket.once('message', () => resolve(socket));
    socket.once('close', () => resolve(undefined));
  });
}

/** The first message of a socket: the outcome of its operation, or why it was closed. */
export async function firstOutcome(socket: WebSocket): Promise<readonly string[]> {
  return Promise.race([once(socket, 'close').then(([code]) => [`CLOSED ${String(code)}`]), operationOutcome(socket)]);
}

async function operationOutcome(socket: WebSocket): Promise<readonly string[]> {
  for (;;) {
    const [data] = (await once(socket, 'message')) as [Buffer];
    const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: unknown };
    if (type === 'error') return outcomesOf({ errors: payload });
    if (type === 'next') return outcomesOf(payload);
    if (type === 'complete') return ['COMPLETE'];
  }
}

/** Sends a body over HTTP, one operation or a batch. */
export async function post(sender: Sender, body: unknown): Promise<readonly string[]> {
  return (await answerOf(sender, body)).flatMap(outcomesOf);
}

/** The response to a body, an item for each operation. */
export async function answerOf(sender: Sender, body: unknown): Promise<unknown[]> {
  const response = await fetch(sender.endpoint, {
    ...{ method: 'POST', headers: headersOf(sender), ...inTime() },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return Array.isArray(answer) ? answer : [answer];
}

/** Longer than any deadline of the gateway. */
const ANSWER_MS = 60_000;

const inTime = () => ({ signal: AbortSignal.timeout(ANSWER_MS) });

function headersOf({ network, accessToken }: Sender): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-forwarded-for': network,
    ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
  };
}

interface Answer {
  readonly data?: Readonly<Record<string, { readonly __typename?: string } | null>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** An outcome for each error and each root field of a response. */
export function outcomesOf(answer: unknown): string[] {
  const { data, errors = [] } = answer as Answer;
  const failed = errors.map(({ extensions }) => extensions?.code ?? 'NO CODE');
  const answered = Object.values(data ?? {}).filter((field) => field !== null);
  return [...failed, ...answered.map((field) => field.__typename ?? 'OK')];
}
