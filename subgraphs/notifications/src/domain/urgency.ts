import type { NoticeMessage } from './messages/index.ts';
import type { Notice } from './notification.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Whether a notice waits for nothing, neither for the end of quiet hours nor for others of its kind: security, the
 * confirmation of what was paid for, what is over within the hour, and a show within a day that is cancelled or moved.
 */
export function isUrgent({ kind, message, expiresAt }: Pick<Notice, 'kind' | 'message' | 'expiresAt'>, now: Date) {
  if (kind === 'ACCOUNT' || message.key === 'bookingConfirmed') return true;
  const isOverSoon = expiresAt !== undefined && expiresAt.getTime() - now.getTime() <= HOUR_MS;
  return isOverSoon || showsChanged(message).some(({ at }) => Math.abs(Date.parse(at) - now.getTime()) <= DAY_MS);
}

/** The times of a show that does not take place as its people expect. */
function showsChanged(message: NoticeMessage): readonly { readonly at: string }[] {
  switch (message.key) {
    case 'bookingCancelled':
    case 'passedOnTicketsCancelled':
      return [message.values.starts];
    case 'showMoved':
    case 'passedOnTicketsMoved':
      return [message.values.previousStarts, message.values.starts];
    default:
      return [];
  }
}
