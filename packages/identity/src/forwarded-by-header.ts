/**
 * The gateway's service token beside a client's own credential: the client's device, trace and deadline are believed from
 * the gateway alone. It is a token to forward with, which nobody accepts as Authorization. On a socket it is a key of the `connection_init` payload.
 */
export const FORWARDED_BY_HEADER = 'marquee-forwarded-by';
