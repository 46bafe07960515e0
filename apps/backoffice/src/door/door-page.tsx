import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Card, Empty, Page, ProblemNotice, Row, Skeleton, Soft, TextField } from '@marquee/app-kit/ui';
import { useEffect, useState } from 'react';

import { useWho } from '../frame/who.tsx';
import { VenueDayDocument } from '../generated/graphql.ts';
import { useToday } from '../time/use-today.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { VenueGate, VenueSelect } from '../venues/venue-gate.tsx';
import styles from './door.module.css';
import { doorStore, type KeptList } from './store.ts';
import { doorTexts } from './texts.ts';

export function Component() {
  const t = useTexts(doorTexts);
  return (
    <Page title={t('title')}>
      <KeptLists />
      <VenueGate>{(venue) => <Day key={venue.id} venue={venue} />}</VenueGate>
    </Page>
  );
}

function Day({ venue }: { readonly venue: MyVenue }) {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const { timeZone } = venue.city;
  const today = useToday(timeZone);
  const [day, setDay] = useState(today);
  const date = day || today;
  const { data, loading, error, refetch } = useQuery(VenueDayDocument, { variables: { venueId: venue.id, date } });
  const shows = data?.venue?.shows.edges.map(({ node }) => node) ?? [];
  return (
    <>
      <Row>
        <VenueSelect />
        <TextField label={t('day')} type="date" value={day} onChange={setDay} />
      </Row>
      <h2>{t('today', { day: formats.day(date) })}</h2>
      {loading && !data && <Skeleton label={t('loading')} />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!loading && !error && shows.length === 0 && <Empty>{t('noShows')}</Empty>}
      <ul className={styles['shows']}>
        {shows.map(({ id, startsAt, title, screen, availability }) => (
          <li key={id}>
            <Card>
              <h3>
                {formats.time(startsAt, 'time', timeZone)} · {title.name}
              </h3>
              <Soft isSmall>
                {screen.name}
                {availability && ` · ${t('sold', { sold: availability.sold })}`}
              </Soft>
              <Row>
                <ButtonLink href={`/door/${id}`}>{t('scan')}</ButtonLink>
                <ButtonLink kind="quiet" href={`/door/${id}/people`}>
                  {t('people')}
                </ButtonLink>
              </Row>
            </Card>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Shows of the organisation whose list is on this device. */
function KeptLists() {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const organisationId = useWho().organisation?.id;
  const [lists, setLists] = useState<readonly KeptList[]>([]);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const kept = await doorStore.lists();
      const isOver = ({ validUntil }: KeptList): boolean => new Date(validUntil).getTime() < Date.now();
      await Promise.all(kept.filter(isOver).map(({ showId }) => doorStore.removeList(showId)));
      setLists(kept.filter((list) => !isOver(list) && list.organisationId === organisationId));
    };
    void read();
  }, [organisationId]);
  if (lists.length === 0) return null;
  return (
    <Card>
      <h2>{t('kept')}</h2>
      <ul className={styles['kept']}>
        {lists.map(({ showId, title, startsAt, timeZone, place }) => (
          <li key={showId}>
            <ButtonLink kind="quiet" href={`/door/${showId}`}>
              {formats.time(startsAt, 'moment', timeZone)} · {title} · {place}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
