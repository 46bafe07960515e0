import { forbidden, notFound } from '@marquee/errors';

import type { Transfers } from '../domain/ports.ts';
import type { TicketTransfer } from '../domain/transfer.ts';
import { TransferEndedError } from '../errors.ts';

/** @throws {CodedError} NOT_FOUND */
export async function requireTransfer(transfers: Pick<Transfers, 'find'>, id: string): Promise<TicketTransfer> {
  const transfer = await transfers.find(id);
  if (!transfer) throw notFound('transfer');
  return transfer;
}

/**
 * Takes an offer back. Doing it again changes nothing.
 *
 * @throws {TransferEndedError} when it was accepted or is over
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN for somebody else's offer
 */
export async function cancelTicketTransfer(
  { transfers }: { readonly transfers: Pick<Transfers, 'find' | 'cancel'> },
  { transferId, userId }: { transferId: string; userId: string },
): Promise<TicketTransfer> {
  const transfer = await requireTransfer(transfers, transferId);
  if (transfer.senderId !== userId) throw forbidden('This transfer belongs to somebody else.');
  const cancelled = await transfers.cancel(transferId);
  if (cancelled) return cancelled;
  const ended = await requireTransfer(transfers, transferId);
  if (ended.status !== 'CANCELLED') throw new TransferEndedError();
  return ended;
}
