import type { GraphQLFormattedError } from 'graphql';
import { EventPayload } from './event-payload.ts';
import type { Framing } from './framing.ts';
import { MULTIPART_CLOSING, MULTIPART_OPENING, multipartPart, multipartType } from './multipart.ts';
import type { StreamTransport } from '../telemetry/request-record.ts';

/** The format of a streamed HTTP response that carries one operation. */
export interface StreamFormat extends Framing {
  readonly transport: StreamTransport;
  readonly contentType: string;
  /** The first bytes of the response. */
  readonly opening: string;
  /** Keeps proxies from closing an idle stream; no event for the client. */
  readonly heartbeat: string;
}

/** A comment of an event stream. */
const COMMENT = ':\n\n';

/**
 * GraphQL over server-sent events, in the distinct connections mode.
 *
 * The protocol has no error event, so errors that end the operation are the result of a last `next` event.
 */
export const eventStreamFormat: StreamFormat = {
  transport: 'sse',
  contentType: 'text/event-stream; charset=utf-8',
  opening: '',
  heartbeat: COMMENT,
  next: (payload) => payload.eventStreamBytes,
  end: (errors) => {
    const last = errors ? errorPayload(errors).eventStreamBytes.toString() : '';
    return Buffer.from(`${last}event: complete\ndata:\n\n`);
  },
};

const NEXT_HEAD = 'event: next\ndata: '.length;
const EVENT_TAIL = '\n\n'.length;

/** One operation of an event stream in the single connection mode: each event names it. */
export function sharedFraming(id: string): Framing {
  const name = JSON.stringify(id);
  const head = Buffer.from(`event: next\ndata: {"id":${name},"payload":`);
  const tail = Buffer.from('}\n\n');
  const next = ({ eventStreamBytes }: EventPayload): Buffer =>
    Buffer.concat([head, eventStreamBytes.subarray(NEXT_HEAD, -EVENT_TAIL), tail]);
  const complete = Buffer.from(`event: complete\ndata: {"id":${name}}\n\n`);
  return { next, end: (errors) => Buffer.concat([...(errors ? [next(errorPayload(errors))] : []), complete]) };
}

/** An empty object in a part is a heartbeat. */
const HEARTBEAT = multipartPart('{}');

/**
 * Apollo's multipart protocol for subscriptions.
 *
 * Errors of an event are in its `payload`; errors beside a null `payload` end the subscription.
 */
export const multipartFormat: StreamFormat = {
  transport: 'multipart',
  contentType: multipartType('subscriptionSpec=1.0'),
  // A body without any part would be malformed.
  opening: `${MULTIPART_OPENING}${HEARTBEAT}`,
  heartbeat: HEARTBEAT,
  next: (payload) => payload.multipartBytes,
  end: (errors) => {
    const last = errors ? multipartPart(JSON.stringify({ payload: null, errors })) : '';
    return Buffer.from(`${last}${MULTIPART_CLOSING}`);
  },
};

function errorPayload(errors: readonly GraphQLFormattedError[]): EventPayload {
  return new EventPayload(JSON.stringify({ errors }));
}
