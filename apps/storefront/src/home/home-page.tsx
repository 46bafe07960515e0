import { skipToken, useQuery } from '@apollo/client/react';
import { useLocale, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page, ProblemNotice, ShowMore } from '@marquee/app-kit/ui';

import { useCity } from '../city/city.ts';
import { HomeShelvesDocument } from '../generated/graphql.ts';
import { Board } from './board.tsx';
import { FeedShelf, type FeedSection } from './feed-shelf.tsx';
import { ShelfSkeleton } from './shelf.tsx';
import { homeTexts } from './texts.ts';

/** Sections that are read at once; the others follow when the person asks. */
const FIRST = 3;

/** The programme of the chosen city: the feed of the server in its order. */
export function Component() {
  const t = useTexts(homeTexts);
  const { locale } = useLocale();
  const { cityId, city, error: cityError, refetch: refetchCities } = useCity();
  const { data, error, refetch, fetchMore } = useQuery(
    HomeShelvesDocument,
    cityId === undefined ? skipToken : { variables: { cityId, locale: locale.tag, first: FIRST, after: null } },
  );
  const page = data?.homeFeed?.sections;
  const sections = page?.edges.map(({ node }) => node).filter(({ items }) => items.some(({ title }) => title)) ?? [];
  const problem = page ? undefined : (error ?? cityError);
  return (
    <Page title={city ? t('heading', { city: city.name }) : t('headingPlain')} hasOwnHeading>
      <Board city={city} titles={postersOf(sections)} />
      {problem && <ProblemNotice error={problem} onRetry={() => void (error ? refetch() : refetchCities())} />}
      {!page && !problem && [0, 1].map((index) => <ShelfSkeleton key={index} label={t('loading')} />)}
      {page && sections.length === 0 && (
        <Empty>
          <p>{t('empty')}</p>
          <ButtonLink href="/now-showing">{t('all')}</ButtonLink>
        </Empty>
      )}
      {sections.map((section) => (
        <FeedShelf key={section.kind} section={section} city={city} />
      ))}
      {page && <ShowMore pageInfo={page.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />}
    </Page>
  );
}

/** Titles of the last section that is there: those of the first are seen below anyway. */
function postersOf(sections: readonly FeedSection[]) {
  return (sections.at(-1)?.items ?? []).flatMap(({ title }) => title ?? []).slice(0, 3);
}
