import { skipToken, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, Page, ProblemNotice, Soft, ShowMore } from '@marquee/app-kit/ui';
import { Link, useSearchParams } from 'react-router';

import { useCity } from '../city/city.ts';
import { DayStrip } from '../days/day-strip.tsx';
import { dayIn, daysFrom, isDay } from '../days/days.ts';
import { NowShowingDocument, type TitleKind } from '../generated/graphql.ts';
import { withParam } from '../search/params.ts';
import grid from '../titles/grid.module.css';
import { TitleCard } from '../titles/title-card.tsx';
import styles from './now-showing.module.css';
import { homeTexts } from './texts.ts';

const PAGE = 24;
const DAYS = 14;
const KINDS: readonly TitleKind[] = ['MOVIE', 'LIVE_EVENT'];

/** The titles of a city by kind and day. */
export function Component() {
  const t = useTexts(homeTexts);
  const { day } = useFormats();
  const { cityId, city } = useCity();
  const [params] = useSearchParams();
  const today = dayIn(city?.timeZone);
  const chosen = params.get('date');
  const date = isDay(chosen) ? chosen : null;
  const kind = KINDS.find((one) => one === params.get('kind')) ?? null;
  const { data, error, refetch, fetchMore } = useQuery(
    NowShowingDocument,
    cityId === undefined ? skipToken : { variables: { cityId, date, kind, first: PAGE, after: null } },
  );
  const page = data?.nowShowing;
  const href = (name: string, value: string | undefined): string => `?${withParam(params, name, value)}`;
  return (
    <Page
      title={t('nowTitle')}
      actions={
        <Soft>
          {[city?.name, date && day(date), page && t('count', { count: page.totalCount })].filter(Boolean).join(' · ')}
        </Soft>
      }
    >
      <nav aria-label={t('kind')}>
        <ul className={styles['chips']}>
          {[undefined, ...KINDS].map((one) => (
            <li key={one ?? 'all'}>
              <Link to={href('kind', one)} replace aria-current={one === (kind ?? undefined) ? 'true' : undefined}>
                {one ? t(one) : t('kindAll')}
              </Link>
            </li>
          ))}
          {date && (
            <li>
              <Link to={href('date', undefined)} replace>
                {t('anyDay')}
              </Link>
            </li>
          )}
        </ul>
      </nav>
      <DayStrip
        label={t('days')}
        days={daysFrom(today, DAYS)}
        today={today}
        selected={date ?? undefined}
        hrefOf={(one) => href('date', one)}
      />
      {error && !page && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {page?.edges.length === 0 && (
        <Empty>
          <p>{t('nowEmpty')}</p>
        </Empty>
      )}
      <ul className={grid['grid']} aria-busy={!page}>
        {page?.edges.map(({ node }) => (
          <li key={node.id}>
            <TitleCard title={node} />
          </li>
        )) ??
          (!error &&
            Array.from({ length: 12 }, (_, index) => (
              <li key={index} className={styles['waiting']} aria-hidden="true" />
            )))}
      </ul>
      {page && <ShowMore pageInfo={page.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />}
    </Page>
  );
}
