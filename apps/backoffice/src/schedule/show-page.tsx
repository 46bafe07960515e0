import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  ButtonLink,
  Card,
  Empty,
  Facts,
  Page,
  ProblemNotice,
  Row,
  Skeleton,
  type Tone,
} from '@marquee/app-kit/ui';
import { useParams } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { managesVenue } from '../frame/work.ts';
import { ShowDetailsDocument, type ShowStatus } from '../generated/graphql.ts';
import { dayOf, weekOf } from '../time/dates.ts';
import { CancelShow } from './cancel-show.tsx';
import { ChangeShow } from './change-show.tsx';
import type { Show } from './show.ts';
import { scheduleTexts } from './texts.ts';

const TONES: Readonly<Record<ShowStatus, Tone>> = {
  SCHEDULED: 'warning',
  ON_SALE: 'good',
  SOLD_OUT: 'good',
  CLOSED: 'plain',
  CANCELLED: 'bad',
};

export function Component() {
  const t = useTexts(scheduleTexts);
  const { id = '' } = useParams();
  const { data, loading, error, refetch } = useQuery(ShowDetailsDocument, {
    variables: { showId: id },
    fetchPolicy: 'cache-and-network',
  });
  const show = data?.show;
  return (
    <Page title={show?.title.name ?? t('show')}>
      {loading && !show && <Skeleton label={t('loading')} />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!loading && !error && !show && (
        <Empty>
          <p>{t('noShow')}</p>
          <ButtonLink href="/schedule">{t('back')}</ButtonLink>
        </Empty>
      )}
      {show && <Details show={show} />}
    </Page>
  );
}

function Details({ show }: { readonly show: Show }) {
  const t = useTexts(scheduleTexts);
  const formats = useFormats();
  const { who } = useWho();
  const { timeZone } = show.venue.city;
  const { availability } = show;
  const isChangeable = show.status !== 'CANCELLED' && show.status !== 'CLOSED';
  const mayChange = who !== undefined && managesVenue(who, show.venue);
  return (
    <>
      <Row>
        <ButtonLink kind="quiet" href={`/schedule?week=${weekOf(dayOf(show.startsAt, timeZone))}`}>
          {t('back')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`/door/${show.id}`}>
          {t('door')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`/bookings/shows/${show.id}/seats`}>
          {t('seats')}
        </ButtonLink>
      </Row>
      <Card>
        <h2>{t('facts')}</h2>
        <Facts
          facts={[
            [
              t('when'),
              `${formats.time(show.startsAt, 'exact', timeZone)} – ${formats.time(show.endsAt, 'time', timeZone)}`,
            ],
            [t('where'), `${show.venue.name}, ${show.screen.name}`],
            [
              t('status'),
              <Badge key="status" tone={TONES[show.status]}>
                {t(show.status)}
              </Badge>,
            ],
            [
              t('occupancy'),
              availability
                ? `${t('sold', { sold: availability.sold, total: availability.total })}, ${t('held', { count: availability.held })}`
                : t('notOnSale'),
            ],
            [t('prices'), formats.list(show.priceTiers.map(({ name, price }) => `${name} ${formats.money(price)}`))],
            [t('language'), show.language],
            [t('format'), show.format],
            [t('refunds'), show.cancellationPolicy.summary],
            ...(show.maxSeatsPerCustomer === null
              ? []
              : [[t('limit'), formats.number(show.maxSeatsPerCustomer)] as const]),
          ]}
        />
      </Card>
      {mayChange && isChangeable && (
        <>
          <ChangeShow key={show.id} show={show} />
          <CancelShow show={show} />
        </>
      )}
    </>
  );
}
