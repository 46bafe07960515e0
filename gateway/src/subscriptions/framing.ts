import type { GraphQLFormattedError } from 'graphql';
import { MessageType, stringifyMessage } from 'graphql-ws';
import type { EventPayload } from './event-payload.ts';

/** The messages of one operation in the format of its connection. */
export interface Framing {
  next(payload: EventPayload): Buffer;
  /** The end of the operation, with the errors that caused it. */
  end(errors?: readonly GraphQLFormattedError[]): Buffer;
}

/** The messages of graphql-transport-ws. */
export function socketFraming(id: string): Framing {
  const head = Buffer.from(`{"id":${JSON.stringify(id).slice(0, -1)}`);
  return {
    next: ({ frameTail }) => {
      const frame = Buffer.allocUnsafe(head.length + frameTail.length);
      head.copy(frame);
      frameTail.copy(frame, head.length);
      return frame;
    },
    end: (errors) =>
      Buffer.from(
        errors
          ? stringifyMessage({ id, type: MessageType.Error, payload: errors })
          : stringifyMessage({ id, type: MessageType.Complete }),
      ),
  };
}
