import { type Message, MessageType, validateMessage } from 'graphql-ws';
import { isGiven, isRecord } from '../pipeline/graphql-request.ts';
import { MAX_OPERATION_ID } from './operation-id.ts';

/** A message that its client has to correct; the text is the reason of the close frame. */
export class InvalidMessageError extends Error {}

/**
 * Parses a client's message.
 *
 * The protocol requires the text of an operation. Here a persisted document may be named instead, and a `subscribe`
 * with neither is an error of its operation, not of the connection.
 *
 * @throws when it is not a message of graphql-transport-ws
 */
export function readMessage(data: string): Message {
  const message: unknown = JSON.parse(data);
  checkOperationId(message);
  if (!isWithoutText(message)) return validateMessage(message);
  validateMessage({ ...message, payload: { ...message.payload, query: '' } });
  return message;
}

/** Each message of an operation repeats its id. */
function checkOperationId(message: unknown): void {
  if (!isRecord(message) || typeof message['id'] !== 'string' || message['id'].length <= MAX_OPERATION_ID) return;
  throw new InvalidMessageError(`An operation's id has at most ${MAX_OPERATION_ID} characters`);
}

function isWithoutText(message: unknown): message is Message<MessageType.Subscribe> {
  if (!isRecord(message) || message['type'] !== MessageType.Subscribe) return false;
  return isRecord(message['payload']) && !isGiven(message['payload']['query']);
}
