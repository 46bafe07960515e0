import { useTexts } from '@marquee/app-kit/text';
import type { ReactNode } from 'react';

import type { TicketStatus } from '../../generated/graphql.ts';
import { StatusBadge } from '../status.tsx';
import { Code } from './code.tsx';
import { ticketTexts } from './texts.ts';
import styles from './ticket.module.css';

interface TicketProps {
  readonly status: TicketStatus;
  readonly qrCode: string | null;
  /** The show is over: the code admits nobody. */
  readonly isOver?: boolean;
  readonly seat: string;
  readonly section: string | undefined;
  /** The show and when it is, for the large code. */
  readonly show: string;
  /** Above the seat, where tickets of several shows are listed. */
  readonly head?: ReactNode;
  /** Below the seat. */
  readonly children?: ReactNode;
}

/** A ticket as a card with a stub that has its code. */
export function Ticket({ status, qrCode, isOver = false, seat, section, show, head, children }: TicketProps) {
  const t = useTexts(ticketTexts);
  const isValid = status === 'ISSUED' && !isOver;
  return (
    <article className={status === 'CANCELLED' ? `${styles['ticket']} ${styles['void']}` : styles['ticket']}>
      <div className={styles['body']}>
        {head}
        <div className={styles['seat']}>
          <span className={styles['section']}>{section}</span>
          <h3 className={styles['place']}>{seat}</h3>
        </div>
        {!(isOver && status === 'ISSUED') && (
          <div>
            <StatusBadge status={status} />
          </div>
        )}
        {children}
      </div>
      <div className={styles['stub']}>
        {qrCode !== null && isValid ? (
          <Code text={qrCode} seat={seat} show={show} />
        ) : (
          <span className={styles['none']}>{t(stubText(status, isOver))}</span>
        )}
      </div>
    </article>
  );
}

const stubText = (status: TicketStatus, isOver: boolean) => {
  if (status === 'CANCELLED') return 'cancelled';
  if (status === 'CHECKED_IN') return 'wasUsed';
  return isOver ? 'over' : 'noCode';
};
