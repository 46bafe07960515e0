import { useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, ProblemNotice } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { CancelTicketTransferDocument, type TransferStatus } from '../../generated/graphql.ts';
import { ticketTexts } from '../tickets/texts.ts';
import styles from '../tickets/ticket.module.css';
import { TransferDialog } from './transfer-dialog.tsx';

export interface TransferControlsProps {
  readonly ticketId: string;
  readonly seat: string;
  readonly transfer: {
    readonly id: string;
    readonly status: TransferStatus;
    readonly toEmail: string | null;
    readonly expiresAt: string;
  } | null;
  /** Whether the show lets tickets pass on, and this one is the person's. */
  readonly isAllowed: boolean;
}

/** Passes a ticket on, or says to whom it is offered and takes it back. */
export function TransferControls({ ticketId, seat, transfer, isAllowed }: TransferControlsProps) {
  const t = useTexts(ticketTexts);
  const { time } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const cancelling = useSend(CancelTicketTransferDocument);
  if (transfer?.status === 'PENDING')
    return (
      <>
        <p className={styles['note']} role="status">
          {t('offered', { email: transfer.toEmail ?? '', time: time(transfer.expiresAt, 'moment') })}
        </p>
        <Button
          kind="bare"
          aria-label={t('takeBackOf', { seat })}
          isPending={cancelling.isPending}
          onPress={() => void cancelling.send({ transferId: transfer.id })}
        >
          {t('takeBack')}
        </Button>
        {cancelling.refusal && <Notice tone="bad">{t('ended')}</Notice>}
        {cancelling.problem !== undefined && <ProblemNotice error={cancelling.problem} />}
      </>
    );
  if (transfer?.status === 'ACCEPTED') return <p className={styles['note']}>{t('passedOn')}</p>;
  if (!isAllowed) return null;
  return (
    <>
      <Button kind="bare" aria-label={t('passOf', { seat })} onPress={() => setOpen(true)}>
        {t('pass')}
      </Button>
      <TransferDialog ticketId={ticketId} seat={seat} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
