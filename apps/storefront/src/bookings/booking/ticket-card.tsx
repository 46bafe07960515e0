import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge } from '@marquee/app-kit/ui';

import { useSeatName } from '../seat-name.ts';
import { PdfButton } from '../tickets/document-buttons.tsx';
import { ticketTexts } from '../tickets/texts.ts';
import { Ticket } from '../tickets/ticket.tsx';
import styles from '../tickets/ticket.module.css';
import { TransferControls } from '../transfer/transfer-controls.tsx';
import type { BookedTicket, BookingDetails, MainBooking, TicketDetails } from '../use-booking.ts';

interface TicketCardProps {
  readonly ticket: BookedTicket;
  readonly booking: MainBooking;
  readonly details: BookingDetails;
  readonly more: TicketDetails | undefined;
}

/** A ticket of a booking, with what one can do with it. */
export function TicketCard({ ticket, booking, details, more }: TicketCardProps) {
  const t = useTexts(ticketTexts);
  const { time } = useFormats();
  const nameOf = useSeatName();
  const { timeZone } = details.show.venue.city;
  const seat = nameOf({ ...ticket.seat, standing: more?.seat.standing ?? false });
  return (
    <Ticket
      status={ticket.status}
      qrCode={ticket.qrCode}
      isOver={booking.status === 'COMPLETED'}
      seat={seat}
      section={more?.seat.section}
      show={`${booking.show.title.name}, ${time(booking.show.startsAt, 'moment', timeZone)}`}
    >
      {more?.seat.accessible && (
        <div>
          <Badge>{t('accessible')}</Badge>
        </div>
      )}
      {more?.checkedInAt && (
        <p className={styles['note']}>{t('used', { time: time(more.checkedInAt, 'moment', timeZone) })}</p>
      )}
      {more?.holderName && <p className={styles['note']}>{t('holder', { name: more.holderName })}</p>}
      {ticket.status === 'ISSUED' && booking.status !== 'COMPLETED' && (
        <div className={styles['actions']}>
          {ticket.qrCode !== null && <PdfButton bookingId={booking.id} ticketId={ticket.id} seat={seat} />}
          <TransferControls
            ticketId={ticket.id}
            seat={seat}
            transfer={more?.transfer ?? null}
            isAllowed={details.show.transferable && ticket.qrCode !== null}
          />
        </div>
      )}
    </Ticket>
  );
}
