import type { IncomingHttpHeaders } from 'node:http';

/** Whether a website's scripts may open a socket or an event stream. */
export type IsAllowedOrigin = (headers: IncomingHttpHeaders) => boolean;

/**
 * Sockets and event streams are not subject to CORS, so the gateway checks `Origin` itself. A client that sends none is no
 * browser; a page of the gateway's own host needs no permission.
 *
 * @param allowed origins such as `https://example.com`; `*` allows any
 */
export function allowedOrigins(allowed: readonly string[], trustedProxies: number): IsAllowedOrigin {
  const origins = new Set(allowed);
  return (headers) => {
    const { origin } = headers;
    if (origin === undefined || origins.has('*') || origins.has(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === hostOf(headers, trustedProxies);
  };
}

/** The host that the client asked for: over HTTP/2 the authority, behind a trusted proxy as that says. */
function hostOf(headers: IncomingHttpHeaders, trustedProxies: number): string | undefined {
  const forwarded = trustedProxies > 0 ? headers['x-forwarded-host'] : undefined;
  if (typeof forwarded === 'string') return forwarded.split(',').at(-1)?.trim();
  const authority = headers[':authority'];
  return typeof authority === 'string' ? authority : headers.host;
}
