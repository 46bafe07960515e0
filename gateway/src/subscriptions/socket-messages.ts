import { type Message, MessageType, validateMessage } from 'graphql-ws';
import { isGiven, isRecord } from '../pipeline/graphql-request.ts';

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
  if (!isWithoutText(message)) return validateMessage(message);
  validateMessage({ ...message, payload: { ...message.payload, query: '' } });
  return message;
}

function isWithoutText(message: unknown): message is Message<MessageType.Subscribe> {
  if (!isRecord(message) || message['type'] !== MessageType.Subscribe) return false;
  return isRecord(message['payload']) && !isGiven(message['payload']['query']);
}
