import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Card, Skeleton, Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { VenueDayDocument } from '../generated/graphql.ts';
import { useToday } from '../time/use-today.ts';
import { type MyVenue, useVenues } from '../venues/use-venues.ts';
import { VenueSelect } from '../venues/venue-gate.tsx';
import styles from './frame.module.css';
import { frameTexts } from './texts.ts';

/** The shows of today at the venue that the person works on. */
export function Today() {
  const { venue } = useVenues();
  return venue ? <Shows key={venue.id} venue={venue} /> : null;
}

function Shows({ venue }: { readonly venue: MyVenue }) {
  const t = useTexts(frameTexts);
  const formats = useFormats();
  const { timeZone } = venue.city;
  const date = useToday(timeZone);
  const { data } = useQuery(VenueDayDocument, { variables: { venueId: venue.id, date } });
  const shows = data?.venue?.shows.edges.map(({ node }) => node);
  return (
    <Card>
      <h2>{t('today')}</h2>
      <VenueSelect />
      {!shows && <Skeleton label={t('loading')} />}
      {shows?.length === 0 && <Soft>{t('todayEmpty')}</Soft>}
      <ul className={styles['today']}>
        {shows?.map(({ id, startsAt, title, screen, availability }) => (
          <li key={id}>
            <span>{formats.time(startsAt, 'time', timeZone)}</span>
            <Link to={`/door/${id}`}>{title.name}</Link>
            <Soft isSmall>
              {screen.name}
              {availability && ` · ${t('sold', { sold: availability.sold, total: availability.total })}`}
            </Soft>
          </li>
        ))}
      </ul>
    </Card>
  );
}
