import { useQuery } from '@apollo/client/react';
import { ProblemNotice, Page, Skeleton } from '@marquee/app-kit/ui';
import { skipToken } from '@apollo/client/react';

import { useCity } from '../city/city.ts';
import { HomeFeedDocument } from '../generated/graphql.ts';

export function Component() {
  const { cityId, city } = useCity();
  const { data, error, loading, refetch } = useQuery(
    HomeFeedDocument,
    cityId ? { variables: { cityId, after: null } } : skipToken,
  );
  const sections = data?.homeFeed?.sections.edges.map(({ node }) => node) ?? [];
  return (
    <Page title={city?.name ?? 'Marquee'}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && sections.length === 0 && <Skeleton label="…" />}
      {sections.map(({ kind, title, items }) => (
        <section key={kind} aria-label={title}>
          <h2>{title}</h2>
          <ul>
            {items.map((item, index) => (
              <li key={index}>{item.__typename === 'TitleCard' ? item.title?.name : item.headline}</li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
