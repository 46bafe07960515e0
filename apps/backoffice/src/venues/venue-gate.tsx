import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, ProblemNotice, Select, Skeleton } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';

import { venuesTexts } from './texts.ts';
import { type MyVenue, useVenues } from './use-venues.ts';

/** Chooses the venue that a page is about. */
export function VenueSelect() {
  const t = useTexts(venuesTexts);
  const { venues, venue, choose } = useVenues();
  if (!venue || venues.length < 2) return null;
  return (
    <Select
      label={t('venue')}
      value={venue.id}
      choices={venues.map(({ id, name, city }) => ({ id, text: `${name}, ${city.name}` }))}
      onChange={choose}
    />
  );
}

/** Shows a page of the chosen venue, once it is known; a person without venues is told. */
export function VenueGate({ children }: { readonly children: (venue: MyVenue) => ReactNode }) {
  const t = useTexts(venuesTexts);
  const { venue, isLoading, error, retry } = useVenues();
  if (venue) return children(venue);
  if (isLoading) return <Skeleton label={t('loading')} />;
  if (error) return <ProblemNotice error={error} onRetry={retry} />;
  return (
    <Empty>
      <p>{t('noVenues')}</p>
      <ButtonLink href="/venues/new">{t('add')}</ButtonLink>
    </Empty>
  );
}
