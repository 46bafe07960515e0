import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, ProblemNotice, RadioGroup, Skeleton, Soft } from '@marquee/app-kit/ui';

import { MoveShowsDocument, type MoveShowsQuery } from '../../generated/graphql.ts';
import styles from './move.module.css';
import { moveTexts } from './texts.ts';

type Show = NonNullable<MoveShowsQuery['title']>['shows']['edges'][number]['node'];

interface ShowStepProps {
  readonly titleId: string;
  readonly cityId: string;
  readonly date: string;
  readonly formerShowId: string;
  readonly count: number;
  readonly showId: string | undefined;
  readonly onChoose: (showId: string) => void;
}

/** The shows of a day that have enough seats. */
export function ShowStep({ titleId, cityId, date, formerShowId, count, showId, onChoose }: ShowStepProps) {
  const t = useTexts(moveTexts);
  const { data, error, loading, refetch } = useQuery(MoveShowsDocument, { variables: { titleId, cityId, date } });
  const shows = (data?.title?.shows.edges ?? [])
    .map(({ node }) => node)
    .filter(({ id, status, availability }) => {
      const hasRoom = (availability?.available ?? 0) >= count;
      return id !== formerShowId && status === 'ON_SALE' && hasRoom;
    });
  if (loading && !data) return <Skeleton label={t('loading')} />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (shows.length === 0)
    return (
      <Empty>
        <p>{t('noShows')}</p>
      </Empty>
    );
  return (
    <RadioGroup
      label={t('show')}
      value={showId ?? null}
      choices={shows.map((show) => ({ id: show.id, text: <ShowChoice show={show} /> }))}
      onChange={onChoose}
    />
  );
}

function ShowChoice({ show }: { readonly show: Show }) {
  const t = useTexts(moveTexts);
  const { time, money } = useFormats();
  const { startsAt, venue, screen, format, language, availability, allInPriceFrom } = show;
  return (
    <span className={styles['choice']}>
      <strong>{time(startsAt, 'time', venue.city.timeZone)}</strong>
      <span>
        {venue.name}, {screen.name}
      </span>
      <Soft isSmall>
        {format}, {language} · {allInPriceFrom && t('from', { price: money(allInPriceFrom) })} ·{' '}
        {t('left', { count: availability?.available ?? 0 })}
      </Soft>
    </span>
  );
}
