import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  ButtonLink,
  Empty,
  Page,
  ProblemNotice,
  ShowMore,
  Skeleton,
  Soft,
  Table,
  TextField,
  useDebounced,
} from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useParams } from 'react-router';

import { ShowAdmissionsDocument, ShowDetailsDocument } from '../generated/graphql.ts';
import { doorTexts } from './texts.ts';

const PAGE = 50;

export function Component() {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const { showId = '' } = useParams();
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search.trim());
  const show = useQuery(ShowDetailsDocument, { variables: { showId } }).data?.show;
  const { data, loading, error, refetch, fetchMore } = useQuery(ShowAdmissionsDocument, {
    variables: { showId, search: wanted === '' ? null : wanted, first: PAGE, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const admissions = data?.show?.admissions;
  const timeZone = show?.venue.city.timeZone;
  return (
    <Page
      title={show ? `${show.title.name}: ${t('people')}` : t('people')}
      actions={
        <ButtonLink kind="quiet" href={`/door/${showId}`}>
          {t('scan')}
        </ButtonLink>
      }
    >
      <TextField label={t('search')} type="search" value={search} onChange={setSearch} maxLength={100} />
      {admissions && (
        <Soft>
          <span role="status">{t('count', { checkedIn: admissions.checkedIn, total: admissions.totalCount })}</span>
        </Soft>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !admissions && <Skeleton label={t('loading')} />}
      {admissions?.edges.length === 0 && <Empty>{t('none')}</Empty>}
      {admissions && admissions.edges.length > 0 && (
        <Table
          label={t('people')}
          rows={admissions.edges.map(({ node }) => node)}
          keyOf={({ id }) => id}
          columns={[
            { head: t('seatHead'), cell: ({ seat }) => (seat.row ? `${seat.row} ${seat.number}` : t('standing')) },
            { head: t('holder'), cell: ({ holderName }) => holderName ?? <Soft>{t('noName')}</Soft> },
            {
              head: t('status'),
              cell: ({ status, checkedInAt }) => (
                <Badge tone={status === 'CHECKED_IN' ? 'good' : 'plain'}>
                  {t(status, { time: checkedInAt ? formats.time(checkedInAt, 'time', timeZone) : '' })}
                </Badge>
              ),
            },
            { head: t('booking'), cell: ({ booking }) => <Soft isSmall>{booking.id}</Soft> },
          ]}
        />
      )}
      <ShowMore pageInfo={admissions?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
