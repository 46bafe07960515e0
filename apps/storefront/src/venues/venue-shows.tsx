import { useQuery } from '@apollo/client/react';
import { Poster } from '@marquee/app-kit/picture';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, ProblemNotice, Skeleton, Soft, ShowMore } from '@marquee/app-kit/ui';
import { Link, useSearchParams } from 'react-router';

import { useCity } from '../city/city.ts';
import { DayStrip } from '../days/day-strip.tsx';
import { dayIn, daysFrom, isDay } from '../days/days.ts';
import { VenueProgrammeDocument } from '../generated/graphql.ts';
import { grouped } from '../titles/grouped.ts';
import { ShowLink } from '../titles/show-link.tsx';
import shows from '../titles/shows.module.css';
import { useCatalogWords } from '../titles/words.ts';
import { venueTexts } from './texts.ts';
import styles from './venues.module.css';

const DAYS = 14;
const PAGE = 50;

/** The shows of a venue on a day, by title. */
export function VenueShows({ venueId }: { readonly venueId: string }) {
  const t = useTexts(venueTexts);
  const { city } = useCity();
  const [params] = useSearchParams();
  const chosen = params.get('date');
  const known = isDay(chosen) ? chosen : undefined;
  const { data, previousData, error, refetch, fetchMore } = useQuery(VenueProgrammeDocument, {
    variables: { id: venueId, date: known ?? dayIn(city?.timeZone), first: PAGE, after: null },
  });
  const timeZone = (data ?? previousData)?.venue?.city.timeZone ?? city?.timeZone ?? 'UTC';
  const today = dayIn(timeZone);
  const page = data?.venue?.shows;
  const titles = grouped(page?.edges.map(({ node }) => node) ?? [], ({ title }) => title.id);
  return (
    <section className={shows['section']} aria-labelledby="programme">
      <h2 id="programme">{t('programme')}</h2>
      <DayStrip
        label={t('days')}
        days={daysFrom(today, DAYS)}
        today={today}
        selected={known ?? today}
        hrefOf={(day) => `?date=${day}`}
      />
      {error && !page && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!page && !error && <Skeleton label={t('loading')} />}
      {page?.edges.length === 0 && <p>{t('noShows')}</p>}
      <ul className={shows['venues']}>
        {[...titles].map(([id, here]) => (
          <li key={id} className={styles['title']}>
            {here[0] && <TitleOf title={here[0].title} />}
            <ul className={shows['shows']}>
              {here.map((show) => (
                <li key={show.id}>
                  <ShowLink show={show} timeZone={timeZone} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {page && <ShowMore pageInfo={page.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />}
    </section>
  );
}

interface TitleOfProps {
  readonly title: {
    readonly __typename?: string;
    readonly id: string;
    readonly name: string;
    readonly genres: readonly string[];
    readonly durationMinutes: number;
    readonly ageRating: string | null;
  };
}

function TitleOf({ title }: TitleOfProps) {
  const t = useTexts(venueTexts);
  const { genre } = useCatalogWords();
  return (
    <Link to={`/titles/${title.id}`} className={styles['titleLink']}>
      <span className={styles['thumb']}>
        <Poster title={title} isDecorative />
      </span>
      <span>
        <strong>{title.name}</strong>
        <Soft isSmall>
          {title.genres.map(genre).join(' · ')} · {t('minutes', { minutes: title.durationMinutes })}
        </Soft>{' '}
        {title.ageRating && <Badge>{title.ageRating}</Badge>}
      </span>
    </Link>
  );
}
