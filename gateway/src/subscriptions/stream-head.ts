import { setMaxListeners } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { FastifyReply } from 'fastify';

/** HTTP/2's response has no `destroyed`, but its stream has. */
export function isClosed({ raw }: FastifyReply): boolean {
  return raw.destroyed || ('stream' in raw && (raw.stream as ServerHttp2Stream).destroyed);
}

/** Aborted when the client disconnects. Any number of fetches may listen to it. */
export function disconnection(reply: FastifyReply): AbortSignal {
  const closed = new AbortController();
  setMaxListeners(0, closed.signal);
  if (isClosed(reply)) closed.abort();
  else reply.raw.once('close', () => closed.abort());
  return closed.signal;
}

/** Sends the head of a streamed response, which proxies must not buffer. */
export function writeStreamHead(reply: FastifyReply, contentType: string): void {
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': contentType,
    'x-accel-buffering': 'no',
  });
  reply.raw.flushHeaders();
}
