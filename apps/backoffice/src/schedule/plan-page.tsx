import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Page, ProblemNotice } from '@marquee/app-kit/ui';
import { useNavigate } from 'react-router';

import { ScheduleShowsDocument } from '../generated/graphql.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import { VenueGate, VenueSelect } from '../venues/venue-gate.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { PlanForm } from './plan-form.tsx';
import { planTexts } from './plan-texts.ts';
import { dayOf, weekOf } from '../time/dates.ts';

export function Component() {
  const t = useTexts(planTexts);
  return (
    <Page title={t('title')}>
      <VenueSelect />
      <VenueGate>{(venue) => <Plan key={venue.id} venue={venue} />}</VenueGate>
    </Page>
  );
}

function Plan({ venue }: { readonly venue: MyVenue }) {
  const navigate = useNavigate();
  const [schedule, { loading, error, data }] = useMutation(ScheduleShowsDocument, {
    update: (cache) =>
      void cache.evict({ id: cache.identify({ __typename: 'Venue', id: venue.id }), fieldName: 'schedule' }),
  });
  const result = data?.scheduleShows;
  return (
    <>
      <PlanForm
        venue={venue}
        isPending={loading}
        onSend={async (input) => {
          const answer = await schedule({ variables: { input } }).catch(() => undefined);
          const done = answer?.data?.scheduleShows;
          const first = done?.__typename === 'ScheduleShowsPayload' ? done.shows[0] : undefined;
          if (done?.__typename !== 'ScheduleShowsPayload' || !first) return;
          void navigate(`/schedule?week=${weekOf(dayOf(first.startsAt, venue.city.timeZone))}`, {
            state: { created: done.shows.length },
          });
        }}
      />
      {error && <ProblemNotice error={error} />}
      {result?.__typename === 'ScreenConflictError' && (
        <ConflictNotice show={result.conflictingShow} timeZone={venue.city.timeZone} />
      )}
    </>
  );
}
