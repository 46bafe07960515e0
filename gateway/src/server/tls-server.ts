import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { maxHeaderSize, type RequestListener, type Server } from 'node:http';
import { constants, createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { createSecureContext } from 'node:tls';
import { EnvironmentError } from '@marquee/environment';
import type { Log } from '@marquee/telemetry';
import { limitControlFrames } from './http2-floods.ts';
import { closers } from './tls-connections.ts';

/** PEM files of the certificate chain and its key. */
export interface TlsOptions {
  readonly certFile: string;
  readonly keyFile: string;
  /** Interval at which the files are checked for a renewed certificate, ms. */
  readonly checkEveryMs?: number;
}

const CHECK_EVERY_MS = 60_000;

/** A session without streams is closed after this time, ms. */
const SESSION_TIMEOUT_MS = 72_000;

/** Requests and streamed responses that one client may have in flight on a connection. */
const MAX_STREAMS = 128;

/** Headers of a request, bytes; as over HTTP/1.1. */
const MAX_HEADERS = maxHeaderSize;

/** Time for a client to complete the TLS handshake, ms. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * A server for HTTP/2 over TLS. Clients that do not offer `h2` by ALPN, WebSockets among them, use HTTP/1.1.
 *
 * A renewed certificate is used for new connections once both files have it. A file that cannot be used is logged, and
 * the old certificate stays.
 *
 * @param requestTimeoutMs time for a client to send a request
 * @throws when a file cannot be read or is no certificate or key
 */
export function tlsServer(
  tls: TlsOptions,
  handler: RequestListener,
  { requestTimeoutMs, log }: { readonly requestTimeoutMs: number; readonly log: Log },
): Server {
  const server = createSecureServer(
    {
      ...certificateIn(tls),
      allowHTTP1: true,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: MAX_HEADERS },
    },
    // Node's compatibility API: what Fastify uses of a request and its response is the same.
    handler as never,
  );
  server.on('stream', (stream) => limitArrival(stream, requestTimeoutMs));
  server.on('session', (session) => {
    session.setTimeout(SESSION_TIMEOUT_MS, () => session.close());
    limitControlFrames(session, MAX_STREAMS);
  });
  renewCertificate(server, tls, log);
  // Fastify and its plugins use only what both kinds of server have.
  return Object.assign(server, { requestTimeout: requestTimeoutMs, ...closers(server) }) as unknown as Server;
}

/** @throws {EnvironmentError} when a file cannot be read, is no certificate or key, or they do not belong together */
export function checkCertificate(tls: TlsOptions): void {
  try {
    createSecureContext(certificateIn(tls));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EnvironmentError(`Set TLS_CERT_FILE and TLS_KEY_FILE to a certificate and its key: ${reason}`, { cause });
  }
}

/** HTTP/1.1 has `requestTimeout` for this. */
function limitArrival(stream: ServerHttp2Stream, timeoutMs: number): void {
  if (stream.endAfterHeaders) return;
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), timeoutMs);
  for (const event of ['end', 'close']) stream.once(event, () => clearTimeout(timer));
}

function renewCertificate(server: Http2SecureServer, tls: TlsOptions, log: Log): void {
  const renew = (): void => {
    try {
      server.setSecureContext(certificateIn(tls));
      log.info({ certFile: tls.certFile }, 'the renewed certificate is in use');
    } catch (err) {
      log.error({ err, certFile: tls.certFile }, 'the renewed certificate cannot be used');
    }
  };
  const files = [tls.certFile, tls.keyFile];
  for (const file of files) {
    watchFile(file, { interval: tls.checkEveryMs ?? CHECK_EVERY_MS, persistent: false }, renew);
  }
  server.on('close', () => files.forEach((file) => unwatchFile(file, renew)));
}

function certificateIn({ certFile, keyFile }: TlsOptions): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
}
