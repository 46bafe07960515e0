import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Row, Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import type { SupportConversationQuery } from '../generated/graphql.ts';
import { chatTexts } from './chat-texts.ts';
import { statusTone } from './status.ts';
import { helpTexts } from './texts.ts';

export type Ticket = NonNullable<SupportConversationQuery['supportTicket']>;

/** Whom the ticket waits for, who answers, and the booking it is about. */
export function ChatHead({ ticket }: { readonly ticket: Ticket }) {
  const t = useTexts(chatTexts);
  const statuses = useTexts(helpTexts);
  const formats = useFormats();
  const { status, assignee, booking, firstResponseDueAt, previousTicket } = ticket;
  const timeZone = booking?.show?.venue.city.timeZone;
  return (
    <>
      <Row>
        <Badge tone={statusTone(status)}>{statuses(status)}</Badge>
        <Soft isSmall>
          {assignee
            ? t(status === 'RESOLVED' ? 'answered' : 'answers', { name: assignee.displayName })
            : firstResponseDueAt
              ? t('dueBy', { date: formats.time(firstResponseDueAt, 'moment') })
              : t('nobodyYet')}
        </Soft>
      </Row>
      {booking && (
        <p>
          {t('about')}{' '}
          <Link to={`/bookings/${encodeURIComponent(booking.id)}`}>
            {booking.show
              ? `${booking.show.title?.name ?? ''}, ${formats.time(booking.show.startsAt, 'moment', timeZone)}`
              : t('booking')}
          </Link>
        </p>
      )}
      {previousTicket && (
        <p>
          {t('goesOnFrom')}{' '}
          <Link to={`/support/${encodeURIComponent(previousTicket.id)}`}>{previousTicket.subject}</Link>
        </p>
      )}
    </>
  );
}
