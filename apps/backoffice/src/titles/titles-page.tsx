import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  ButtonLink,
  Empty,
  Page,
  ProblemNotice,
  Select,
  Skeleton,
  Table,
  TextField,
  useDebounced,
} from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import { Filters } from '../forms/grid.tsx';
import { FindTitlesDocument, type TitleKind } from '../generated/graphql.ts';
import { titlesTexts } from './texts.ts';

const SHOWN = 50;
const KINDS = ['MOVIE', 'LIVE_EVENT'] as const;

export function Component() {
  const t = useTexts(titlesTexts);
  const formats = useFormats();
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<TitleKind | 'all'>('all');
  const wanted = useDebounced(search.trim());
  const { data, loading, error, refetch } = useQuery(FindTitlesDocument, {
    variables: { search: wanted, kind: kind === 'all' ? null : kind, first: SHOWN },
    fetchPolicy: 'cache-and-network',
  });
  const titles = data?.titles.edges.map(({ node }) => node) ?? [];
  return (
    <Page title={t('titles')} actions={<ButtonLink href="/titles/new">{t('add')}</ButtonLink>}>
      <Filters label={t('titles')}>
        <TextField label={t('search')} type="search" value={search} onChange={setSearch} maxLength={100} />
        <Select
          label={t('kind')}
          value={kind}
          choices={[{ id: 'all' as const, text: t('all') }, ...KINDS.map((id) => ({ id, text: t(id) }))]}
          onChange={setKind}
        />
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !data && <Skeleton label={t('loading')} />}
      {data && titles.length === 0 && <Empty>{t('none')}</Empty>}
      {titles.length > 0 && (
        <Table
          label={t('titles')}
          rows={titles}
          keyOf={({ id }) => id}
          columns={[
            { head: t('name'), cell: ({ id, name }) => <Link to={`/titles/${id}`}>{name}</Link> },
            { head: t('kind'), cell: ({ __typename }) => t(__typename === 'Movie' ? 'MOVIE' : 'LIVE_EVENT') },
            {
              head: t('releaseDate'),
              cell: ({ releaseDate }) => (releaseDate === null ? '–' : formats.day(releaseDate, 'date')),
            },
            {
              head: t('durationMinutes'),
              cell: ({ durationMinutes }) => t('minutes', { count: durationMinutes }),
              isNumber: true,
            },
          ]}
        />
      )}
    </Page>
  );
}
