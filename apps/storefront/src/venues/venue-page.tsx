import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, ButtonLink, Empty, Page, ProblemNotice, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link, useParams } from 'react-router';

import { useCity } from '../city/city.ts';
import { dayIn } from '../days/days.ts';
import { VenuePageDocument, type VenuePageQuery } from '../generated/graphql.ts';
import { VenueReviews } from '../reviews/venue-reviews.tsx';
import { Rating } from '../titles/stars.tsx';
import { useAmenityName } from './amenities.ts';
import { venueTexts } from './texts.ts';
import { VenueMap } from './venue-map.tsx';
import { VenueShows } from './venue-shows.tsx';
import styles from './venues.module.css';

type Venue = NonNullable<VenuePageQuery['venue']>;

/** A venue: where it is, what it has, what it shows, and what people say of it. */
export function Component() {
  const t = useTexts(venueTexts);
  const { id = '' } = useParams();
  const { city } = useCity();
  const [date] = useState(() => dayIn(city?.timeZone));
  const { data, error, refetch } = useQuery(VenuePageDocument, { variables: { id, date } });
  const venue = data?.venue;
  return (
    <Page title={venue?.name ?? t('loading')} hasOwnHeading={Boolean(venue)}>
      {error && !venue && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('loading')} />}
      {data && !venue && !error && (
        <Empty>
          <p>{t('missing')}</p>
          <ButtonLink href="/now-showing">{t('toNow')}</ButtonLink>
        </Empty>
      )}
      {venue && (
        <>
          <VenueFacts venue={venue} />
          <VenueShows venueId={id} />
          <VenueReviews venueId={id} />
        </>
      )}
    </Page>
  );
}

function VenueFacts({ venue }: { readonly venue: Venue }) {
  const t = useTexts(venueTexts);
  const amenity = useAmenityName();
  return (
    <div className={styles['head']}>
      <div className={styles['facts']}>
        <p>
          <Link to={`/cities/${venue.city.id}`}>{t('venue', { city: venue.city.name })}</Link>
        </p>
        <h1>{venue.name}</h1>
        <p>{venue.address}</p>
        {venue.rating && (
          <p className={styles['line']}>
            {venue.rating.average && <Rating average={venue.rating.average} />}
            <a href="#reviews">{t('reviews', { count: venue.rating.count })}</a>
          </p>
        )}
        {venue.amenities.length > 0 && (
          <>
            <h2>{t('amenities')}</h2>
            <ul className={styles['line']}>
              {venue.amenities.map((one) => (
                <li key={one}>
                  <Badge>{amenity(one)}</Badge>
                </li>
              ))}
            </ul>
          </>
        )}
        <h2>{t('screens')}</h2>
        <ul className={styles['screens']}>
          {venue.screens.map(({ id, name, capacity }) => (
            <li key={id}>
              <strong>{name}</strong> <Soft isSmall>{t('seats', { count: capacity })}</Soft>
            </li>
          ))}
        </ul>
      </div>
      <VenueMap venue={venue} city={venue.city} />
    </div>
  );
}
