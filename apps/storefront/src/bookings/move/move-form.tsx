import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, ProblemNotice, Select, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { dayAfter, dayIn } from '../../days/days.ts';
import { TitleDatesDocument } from '../../generated/graphql.ts';
import type { MoveProps } from './move.ts';
import { SeatStep } from './seat-step.tsx';
import { ShowStep } from './show-step.tsx';
import { moveTexts } from './texts.ts';

const DAYS = 60;

/** A day, a show of that day and seats in it; each choice is in the address. */
export function MoveForm(props: MoveProps) {
  const { booking, details, count } = props;
  const t = useTexts(moveTexts);
  const { day } = useFormats();
  const [search, setSearch] = useSearchParams();
  const { id: cityId, name: city, timeZone } = details.show.venue.city;
  const [from] = useState(() => dayIn(timeZone));
  const to = dayAfter(from, DAYS);
  const { data, error, loading, refetch } = useQuery(TitleDatesDocument, {
    variables: { id: booking.show.title.id, cityId, from, to },
  });
  if (loading && !data) return <Skeleton label={t('loading')} />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const dates = data?.title?.showDates ?? [];
  if (dates.length === 0)
    return (
      <Empty>
        <p>{t('noDays', { city })}</p>
      </Empty>
    );
  const formerDay = dayIn(timeZone, new Date(booking.show.startsAt));
  const date = search.get('day') ?? dates.find((other) => other >= formerDay) ?? dates[0] ?? from;
  const showId = search.get('show') ?? undefined;
  return (
    <>
      <Select
        label={t('day')}
        value={date}
        choices={dates.map((id) => ({ id, text: day(id, 'date') }))}
        onChange={(next) => setSearch({ day: next }, { replace: true })}
      />
      <ShowStep
        {...{ date, cityId, count, showId }}
        titleId={booking.show.title.id}
        formerShowId={booking.show.id}
        onChoose={(show) => setSearch({ day: date, show }, { replace: true })}
      />
      {showId !== undefined && <SeatStep key={showId} {...props} showId={showId} />}
    </>
  );
}
