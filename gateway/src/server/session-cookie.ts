import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_PATH = '/session';
const NAME = 'marquee-session';
/** As long as a session lives at most: 90 days. */
const MAX_AGE_SECONDS = 90 * 86_400;
/** Longer ones are no refresh tokens. */
const MAX_LENGTH = 4_096;

/** The cookies of sessions, which are this server's business alone. */
const SESSION_COOKIE = new RegExp(`^(__Host-)?${NAME}=`);

/**
 * Over TLS the name has the prefix `__Host-`: browsers accept such a cookie from this host alone, so that no sibling domain
 * and nobody on the network plants a session. It needs `Path=/`. Without TLS, on a developer's machine, it has none.
 */
function kindOf(request: FastifyRequest): { readonly name: string; readonly attributes: string } {
  if (isOverTls(request)) return { name: `__Host-${NAME}`, attributes: 'Path=/; Secure' };
  return { name: NAME, attributes: `Path=${SESSION_PATH}` };
}

/** Whether the browser came over TLS. It says so itself, also where a proxy that ends TLS does not. */
function isOverTls({ protocol, headers: { origin } }: FastifyRequest): boolean {
  return protocol === 'https' || origin?.startsWith('https:') === true;
}

/** The refresh token of a request's cookie. Of several, somebody has planted one: none counts. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const { name } = kindOf(request);
  const [found, ...others] = cookiesIn(request.headers.cookie).filter((each) => each.startsWith(`${name}=`));
  const token = found?.slice(name.length + 1);
  return !token || others.length > 0 || token.length > MAX_LENGTH ? undefined : token;
}

export function keepSessionToken(request: FastifyRequest, reply: FastifyReply, token: string): void {
  setCookie(request, reply, token, MAX_AGE_SECONDS);
}

export function dropSessionToken(request: FastifyRequest, reply: FastifyReply): void {
  setCookie(request, reply, '', 0);
}

/** The cookies of a request for others than this server; undefined without any. */
export function otherCookies(header: string | undefined): string | undefined {
  const others = cookiesIn(header).filter((each) => !isSessionCookie(each));
  return others.length === 0 ? undefined : others.join('; ');
}

/** Whether a cookie, or the value of `Set-Cookie`, is that of a session. */
export function isSessionCookie(cookie: string): boolean {
  return SESSION_COOKIE.test(cookie.trimStart());
}

function cookiesIn(header = ''): string[] {
  return header
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string, maxAge: number): void {
  const { name, attributes } = kindOf(request);
  reply.header('set-cookie', `${name}=${value}; ${attributes}; Max-Age=${maxAge}; HttpOnly; SameSite=Strict`);
}
