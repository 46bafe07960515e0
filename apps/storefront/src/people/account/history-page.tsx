import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Card, Empty, ProblemNotice, ShowMore, Skeleton, Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { MyHistoryDocument, type MyHistoryQuery } from '../../generated/graphql.ts';
import styles from './account.module.css';
import { pastTexts } from './past-texts.ts';
import { Section } from './section.tsx';

const PAGE_SIZE = 20;

type Entry = NonNullable<NonNullable<MyHistoryQuery['viewer']>['history']>['edges'][number]['node'];

export function Component() {
  return (
    <Section name="history">
      <History />
    </Section>
  );
}

function History() {
  const t = useTexts(pastTexts);
  const { data, error, refetch, fetchMore } = useQuery(MyHistoryDocument, {
    variables: { first: PAGE_SIZE, after: null },
  });
  const history = data?.viewer?.history;
  if (!history)
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />;
  if (history.edges.length === 0) return <Empty>{t('noHistory')}</Empty>;
  return (
    <>
      <Card>
        <ul className={styles['list']}>
          {history.edges.map(({ node }) => (
            <HistoryItem key={node.id} entry={node} />
          ))}
        </ul>
      </Card>
      <ShowMore pageInfo={history.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}

function HistoryItem({ entry: { kind, at, title, booking, searchText } }: { readonly entry: Entry }) {
  const t = useTexts(pastTexts);
  const formats = useFormats();
  return (
    <li className={styles['entry']}>
      <span className={styles['facts']}>
        <Soft isSmall>{t(kind)}</Soft>
        {kind === 'SEARCH' && searchText !== null && (
          <Link to={`/search?${new URLSearchParams({ q: searchText }).toString()}`}>{searchText}</Link>
        )}
        {kind === 'VIEW' && title && <Link to={`/titles/${encodeURIComponent(title.id)}`}>{title.name}</Link>}
        {kind === 'BOOKING' && booking && (
          <Link to={`/bookings/${encodeURIComponent(booking.id)}`}>{title?.name ?? t('toBooking')}</Link>
        )}
      </span>
      <time dateTime={at}>
        <Soft isSmall>{formats.time(at, 'exact')}</Soft>
      </time>
    </li>
  );
}
