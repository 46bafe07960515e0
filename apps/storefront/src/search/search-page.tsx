import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Page, ProblemNotice, Skeleton, Soft, ShowMore } from '@marquee/app-kit/ui';
import { useSearchParams } from 'react-router';

import { useCity } from '../city/city.ts';
import { SearchPageDocument } from '../generated/graphql.ts';
import { useTrack } from '../tracking/index.ts';
import { Filters } from './filters.tsx';
import { NoResults } from './no-results.tsx';
import { filterOf, readSearch } from './params.ts';
import { Result } from './result.tsx';
import styles from './search.module.css';
import { searchTexts } from './texts.ts';

const PAGE = 20;
/** The server counts no further. */
const MANY = 1_000;

/** Results, and filters of them. The whole search is in the address. */
export function Component() {
  const t = useTexts(searchTexts);
  const [params] = useSearchParams();
  const { cityId: chosenCity } = useCity();
  const state = readSearch(params);
  const cityId = state.isEverywhere ? null : (chosenCity ?? null);
  const { data, previousData, error, refetch, fetchMore } = useQuery(SearchPageDocument, {
    variables: { text: state.text, cityId, filter: filterOf(state), first: PAGE, after: null },
    // The server forgets what has changed; so does this page.
    nextFetchPolicy: 'cache-and-network',
  });
  const found = data?.search;
  useTrack('search', found && state.text !== '' ? { searchText: state.text, cityId } : undefined);
  const edges = found?.edges.filter(({ node }) => node) ?? [];
  const title = state.text === '' ? t('popular') : t('results', { text: state.text });
  const count = found && (found.totalCount >= MANY ? t('many') : t('count', { count: found.totalCount }));
  return (
    <Page title={title} actions={<span role="status">{count && <Soft>{count}</Soft>}</span>}>
      <div className={styles['columns']}>
        <Filters state={state} facets={(found ?? previousData?.search)?.facets ?? []} />
        <div className={styles['results']}>
          {error && !found && <ProblemNotice error={error} onRetry={() => void refetch()} />}
          {!found && !error && <Skeleton label={t('loading')} />}
          {found && edges.length === 0 && <NoResults text={state.text} isFiltered={filterOf(state) !== null} />}
          <ol className={styles['list']}>
            {edges.map(({ cursor, node, highlight }, index) => (
              <li key={cursor}>
                {node && <Result node={node} highlight={highlight} state={state} cityId={cityId} position={index} />}
              </li>
            ))}
          </ol>
          {found && <ShowMore pageInfo={found.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />}
        </div>
      </div>
    </Page>
  );
}
