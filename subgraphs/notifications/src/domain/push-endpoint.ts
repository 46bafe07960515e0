import { badInput } from '@marquee/errors';

/** A browser or phone that a person lets us push to. */
export interface PushEndpoint {
  readonly id: string;
  readonly userId: string;
  /** The push service's host. */
  readonly host: string;
  readonly createdAt: Date;
}

/** An endpoint as a browser gives it. */
export interface PushSubscription {
  /** The push service's URL for this browser, known to nobody else. */
  readonly endpoint: string;
  /** The browser's public key, by which messages are encrypted: base64url. */
  readonly p256dh: string;
  /** The browser's secret, by which messages are encrypted: base64url. */
  readonly auth: string;
}

export interface NewPushEndpoint extends PushSubscription, Omit<PushEndpoint, 'createdAt'> {
  /** The session in which it was registered, and with which it ends. */
  readonly sessionId: string;
}

/** The endpoints of a person; another one ends the oldest. */
export const MAX_PUSH_ENDPOINTS = 10;

/** Days after its registration in which an endpoint ends: no session lasts for longer. */
export const MAX_ENDPOINT_DAYS = 90;

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** A name with a domain: neither an address nor a name of the own network. */
const PUBLIC_NAME = /^([a-z\d-]+\.)+[a-z][a-z\d-]*$/;

/**
 * The host of an endpoint.
 *
 * @param allowsLoopback whether push services of this machine count, over plain HTTP too
 * @throws {CodedError} BAD_USER_INPUT unless it is an https URL of a public host
 */
export function pushHostOf(endpoint: string, allowsLoopback: boolean): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url !== null && allowsLoopback && LOOPBACK.test(url.hostname)) return url.host;
  const isPublic = url !== null && url.protocol === 'https:' && url.port === '' && PUBLIC_NAME.test(url.hostname);
  if (!isPublic || url.username !== '' || url.password !== '')
    throw badInput('input.endpoint', 'Send the https URL that the browser’s push service gave.');
  return url.host;
}
