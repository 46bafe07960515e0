import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, ProblemNotice, ShowMore, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import { MyTicketsDocument, type MyTicketsQuery, TicketPlacesDocument } from '../../generated/graphql.ts';
import { useSeatName } from '../seat-name.ts';
import { HeldPdfButton } from './document-buttons.tsx';
import { ticketTexts } from './texts.ts';
import { Ticket } from './ticket.tsx';
import styles from './ticket.module.css';

type Connection = NonNullable<NonNullable<MyTicketsQuery['viewer']>['tickets']>;
type ListedTicket = Connection['edges'][number]['node'];

/** How long after its beginning a show is still one to go to. */
const LATE_MS = 3 * 3_600_000;

export function TicketList() {
  const t = useTexts(ticketTexts);
  const variables = { first: 20, after: null };
  const { data, error, loading, refetch, fetchMore } = useQuery(MyTicketsDocument, { variables });
  const places = useQuery(TicketPlacesDocument, { variables });
  const connection = data?.viewer?.tickets;
  const tickets = (connection?.edges ?? []).map(({ node }) => node);
  const [now] = useState(() => Date.now());
  const isPast = ({ show, status }: ListedTicket): boolean =>
    status !== 'ISSUED' || Date.parse(show.startsAt) + LATE_MS < now;
  const coming = tickets
    .filter((ticket) => !isPast(ticket))
    .toSorted((a, b) => a.show.startsAt.localeCompare(b.show.startsAt));
  const groups = [
    { name: t('now'), list: coming },
    { name: t('past'), list: tickets.filter(isPast) },
  ].filter(({ list }) => list.length > 0);
  const more = (after: string | null) =>
    Promise.all([fetchMore({ variables: { after } }), places.fetchMore({ variables: { after } })]);
  if ((loading && !data) || (places.loading && !places.data)) return <Skeleton label={t('loading')} />;
  const bought = new Set(places.data?.viewer?.bookings?.edges.map(({ node }) => node.id));
  const known = new Map(places.data?.viewer?.tickets?.edges.map(({ node }) => [node.id, node]));
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {connection && tickets.length === 0 && (
        <Empty>
          <p>{t('none')}</p>
          <ButtonLink href="/">{t('discover')}</ButtonLink>
        </Empty>
      )}
      {groups.map(({ name, list }) => (
        <section key={name} aria-label={name} className={styles['head']}>
          <h2>{name}</h2>
          <ul className={styles['list']}>
            {list.map((ticket) => (
              <li key={ticket.id}>
                <TicketOfShow ticket={ticket} place={known.get(ticket.id)} isOver={list !== coming} bought={bought} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <ShowMore pageInfo={connection?.pageInfo} onMore={more} />
    </>
  );
}

interface Place {
  readonly seat: { readonly section: string; readonly standing: boolean };
  readonly show: { readonly venue: { readonly city: { readonly timeZone: string } } };
  readonly booking: { readonly id: string };
}

interface TicketOfShowProps {
  readonly ticket: ListedTicket;
  readonly place: Place | undefined;
  readonly isOver: boolean;
  /** The person's own bookings; somebody else may have bought the ticket. */
  readonly bought: ReadonlySet<string>;
}

function TicketOfShow({ ticket, place, isOver, bought }: TicketOfShowProps) {
  const { time } = useFormats();
  const nameOf = useSeatName();
  const { show, status, qrCode } = ticket;
  const seat = nameOf({ ...ticket.seat, standing: place?.seat.standing ?? false });
  const when = time(show.startsAt, 'moment', place?.show.venue.city.timeZone);
  return (
    <Ticket
      {...{ status, qrCode, seat, isOver }}
      section={place?.seat.section}
      show={`${show.title.name}, ${when}`}
      head={
        <div className={styles['head']}>
          <h3>
            {place && bought.has(place.booking.id) ? (
              <Link to={`/bookings/${place.booking.id}`}>{show.title.name}</Link>
            ) : (
              show.title.name
            )}
          </h3>
          <p className={styles['note']}>
            {when}, {show.venue.name}
          </p>
        </div>
      }
    >
      {status === 'ISSUED' && !isOver && (
        <div className={styles['actions']}>
          <HeldPdfButton ticketId={ticket.id} seat={seat} />
        </div>
      )}
    </Ticket>
  );
}
