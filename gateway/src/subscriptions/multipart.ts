const BOUNDARY = 'graphql';

/** Precedes the first part. */
export const MULTIPART_OPENING = `--${BOUNDARY}`;

/** Follows the last part. */
export const MULTIPART_CLOSING = '--\r\n';

/** The media type of a response in parts; `parameters` name the protocol, such as `subscriptionSpec=1.0`. */
export function multipartType(parameters: string): string {
  return `multipart/mixed;boundary="${BOUNDARY}";${parameters}`;
}

/**
 * One part with JSON.
 *
 * It includes the delimiter that follows, because clients read a part only when they have seen its end.
 */
export function multipartPart(json: string): string {
  return `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}\r\n--${BOUNDARY}`;
}
