import { useMutation, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Card, Empty, Notice, Page, ProblemNotice, Row, Skeleton, Soft } from '@marquee/app-kit/ui';
import { type FormEvent, useState } from 'react';
import { useLocation, useParams } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { managesVenue } from '../frame/work.ts';
import { UpdateVenueDocument, VenueDetailsDocument, type VenueDetailsQuery } from '../generated/graphql.ts';
import { fieldProblems, type VenueFields, venueInput } from './fields.ts';
import { venuesTexts } from './texts.ts';
import { VenueFieldsForm } from './venue-fields.tsx';
import styles from './venues.module.css';

type Venue = NonNullable<VenueDetailsQuery['venue']>;

export function Component() {
  const t = useTexts(venuesTexts);
  const { id = '' } = useParams();
  const created = (useLocation().state as { created?: string } | null)?.created;
  const { data, loading, error, refetch } = useQuery(VenueDetailsDocument, { variables: { id } });
  const venue = data?.venue;
  const { who } = useWho();
  return (
    <Page title={venue?.name ?? t('venue')}>
      {created !== undefined && (
        <Notice tone="good">
          <Row>
            {t('created', { name: created })}
            <ButtonLink kind="bare" href="/schedule">
              {t('schedule')}
            </ButtonLink>
          </Row>
        </Notice>
      )}
      {loading && !venue && <Skeleton label={t('loading')} />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!loading && !error && !venue && <Empty>{t('notYours')}</Empty>}
      {venue && (
        <>
          {venue.organisation && <Soft>{t('runBy', { name: venue.organisation.name })}</Soft>}
          {who && managesVenue(who, venue) ? (
            <VenueForm key={venue.id} venue={venue} />
          ) : (
            <Notice>{t('notManaged')}</Notice>
          )}
          <Card>
            <h2>{t('screens', { count: venue.screens.length })}</h2>
            <ul className={styles['screens']}>
              {venue.screens.map((screen) => (
                <li key={screen.id}>
                  <span>{screen.name}</span>
                  <Soft isSmall>{t('places', { count: screen.capacity })}</Soft>
                </li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </Page>
  );
}

function VenueForm({ venue }: { readonly venue: Venue }) {
  const t = useTexts(venuesTexts);
  const [fields, setFields] = useState(() => fieldsOf(venue));
  const [isChecked, setChecked] = useState(false);
  const [update, { loading, error, data }] = useMutation(UpdateVenueDocument);
  const problems = fieldProblems(fields);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(problems).length > 0) return;
    void update({ variables: { input: { venueId: venue.id, ...venueInput(fields) } } }).catch(() => undefined);
  };
  const result = data?.updateVenue;
  return (
    <Card>
      <h2>{t('details')}</h2>
      <Soft>{venue.city.name}</Soft>
      <form className={styles['form']} onSubmit={submit} noValidate>
        <VenueFieldsForm fields={fields} problems={isChecked ? problems : {}} onChange={setFields} />
        {error && <ProblemNotice error={error} />}
        {result && (
          <Notice tone={result.__typename === 'UpdateVenuePayload' ? 'good' : 'bad'}>
            {t(result.__typename === 'UpdateVenuePayload' ? 'saved' : 'exists')}
          </Notice>
        )}
        <Row>
          <Button type="submit" isPending={loading}>
            {t('save')}
          </Button>
        </Row>
      </form>
    </Card>
  );
}

function fieldsOf({ name, address, location, amenities }: Venue): VenueFields {
  return {
    name,
    address,
    latitude: String(location.latitude),
    longitude: String(location.longitude),
    amenities: amenities.join(', '),
  };
}
