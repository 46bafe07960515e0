import type { IncomingMessage } from 'node:http';

const LINGER_MS = 5_000;
const LINGER_BYTES = 8 << 20;

/** The rest of a refused body that a client may still send: for how many milliseconds, and how many bytes. */
export interface Lingering {
  readonly ms: number;
  readonly bytes: number;
}

const LINGERING: Lingering = { ms: LINGER_MS, bytes: LINGER_BYTES };

/**
 * Reads the rest of a body that is refused before its end, and closes the connection then.
 *
 * The kernel resets a connection that is closed with unread bytes, and a reset discards the response on its way: a client
 * that is still writing would see a broken connection instead of its error.
 */
export function lingerOnRefusedBody(request: IncomingMessage, lingering = LINGERING): void {
  // HTTP/2 ends the stream alone.
  if (request.httpVersionMajor > 1 || request.complete) return;
  const { socket } = request;
  const close = socket.destroySoon;
  // Called by Node after the response.
  socket.destroySoon = () => {
    socket.destroySoon = close;
    socket.end();
    drain(request, lingering);
  };
}

function drain(request: IncomingMessage, { ms, bytes }: Lingering): void {
  const { socket } = request;
  const late = setTimeout(() => socket.destroy(), ms).unref();
  let drained = 0;
  request.on('data', (piece: Buffer) => {
    drained += piece.length;
    if (drained > bytes) socket.destroy();
  });
  request.once('end', () => socket.destroySoon());
  socket.once('close', () => clearTimeout(late));
  request.resume();
}
