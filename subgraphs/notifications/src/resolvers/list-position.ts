import { badInput, type CursorKey } from '@marquee/subgraph';

import type { ListPosition } from '../domain/notification.ts';

/** What a cursor holds of a notification. */
export function cursorKey({ createdAt, id }: ListPosition): CursorKey {
  return [createdAt.toISOString(), id];
}

/** @throws {CodedError} BAD_USER_INPUT when the cursor was not made of a {@link cursorKey} */
export function listPosition([createdAt, id]: CursorKey): ListPosition {
  const at = new Date(createdAt ?? '');
  if (typeof createdAt !== 'string' || typeof id !== 'string' || Number.isNaN(at.getTime())) {
    throw badInput('after', 'The cursor does not belong to this list.');
  }
  return { createdAt: at, id };
}
