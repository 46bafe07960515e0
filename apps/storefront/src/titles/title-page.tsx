import { skipToken, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useParams, useSearchParams } from 'react-router';

import { useCity } from '../city/city.ts';
import { dayAfter, dayIn, isDay } from '../days/days.ts';
import { TitleDatesDocument, TitlePageDocument } from '../generated/graphql.ts';
import { TitleReviews } from '../reviews/title-reviews.tsx';
import { useTrack } from '../tracking/index.ts';
import { Similar } from './similar.tsx';
import { titleTexts } from './texts.ts';
import { TitleHead } from './title-head.tsx';
import { TitleShows } from './title-shows.tsx';

/** How far ahead dates are looked for. */
const DAYS_AHEAD = 90;

/** A title: what it is, when and where it is shown, and what people say of it. */
export function Component() {
  const t = useTexts(titleTexts);
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const { city, cityId } = useCity();
  const today = dayIn(city?.timeZone);
  const { data: dated } = useQuery(
    TitleDatesDocument,
    cityId === undefined ? skipToken : { variables: { id, cityId, from: today, to: dayAfter(today, DAYS_AHEAD) } },
  );
  const dates = dated?.title?.showDates;
  const chosen = params.get('date');
  const date = isDay(chosen) ? chosen : (dates?.[0] ?? today);
  const { data, previousData, error, refetch } = useQuery(
    TitlePageDocument,
    cityId === undefined ? skipToken : { variables: { id, cityId, date } },
  );
  // Another day changes the shows alone.
  const title = data?.title ?? (previousData?.title?.id === id ? previousData.title : undefined);
  useTrack('title_view', title && { titleId: id, cityId: cityId ?? null });
  return (
    <Page title={title?.name ?? t('loading')} hasOwnHeading={title !== undefined}>
      {error && !title && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !title && !error && <Skeleton label={t('loading')} />}
      {data && !title && !error && (
        <Empty>
          <p>{t('missing')}</p>
          <ButtonLink href="/now-showing">{t('toNow')}</ButtonLink>
        </Empty>
      )}
      {title && (
        <>
          <TitleHead title={title} />
          <TitleShows
            titleId={id}
            city={city}
            today={today}
            date={date}
            dates={dates}
            shows={data?.title?.shows.edges.map(({ node }) => node)}
          />
          <TitleReviews titleId={id} />
          <Similar title={title} />
        </>
      )}
    </Page>
  );
}
