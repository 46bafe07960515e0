import { type CursorKey, foreignCursor, instantInCursor } from '@marquee/subgraph';

import type { ListPosition } from '../domain/notification.ts';

/** What a cursor holds of a notification. */
export function cursorKey({ createdAt, id }: ListPosition): CursorKey {
  return [createdAt.toISOString(), id];
}

/** @throws {CodedError} BAD_USER_INPUT when the cursor was not made of a {@link cursorKey} */
export function listPosition([createdAt, id]: CursorKey): ListPosition {
  if (typeof id !== 'string') throw foreignCursor();
  return { createdAt: instantInCursor(createdAt), id };
}
