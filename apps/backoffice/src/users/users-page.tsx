import { useQuery } from '@apollo/client/react';
import { roleTexts } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  Empty,
  Page,
  ProblemNotice,
  Row,
  ShowMore,
  Skeleton,
  Table,
  TextField,
  useDebounced,
} from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import { Filters } from '../forms/grid.tsx';
import { UsersDocument } from '../generated/graphql.ts';
import { userTexts } from './texts.ts';

/** All accounts, latest first. Each page that is read is in the audit log. */
export function Component() {
  const t = useTexts(userTexts);
  const roleName = useTexts(roleTexts);
  const [search, setSearch] = useState('');
  const { data, error, loading, refetch, fetchMore } = useQuery(UsersDocument, {
    variables: { search: useDebounced(search).trim() || null, first: 25, after: null },
  });
  const page = data?.users;
  const users = page?.edges.map(({ node }) => node) ?? [];
  return (
    <Page title={t('users')}>
      <Filters label={t('search')}>
        <TextField type="search" label={t('search')} hint={t('searchHint')} value={search} onChange={setSearch} />
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !page && <Skeleton label={t('loading')} />}
      {page && users.length === 0 && <Empty>{t('none')}</Empty>}
      {users.length > 0 && (
        <Table
          label={t('users')}
          rows={users}
          keyOf={({ id }) => id}
          columns={[
            {
              head: t('name'),
              cell: ({ id, displayName }) => (
                <Link to={`/users/${id}`}>
                  <strong>{displayName}</strong>
                </Link>
              ),
            },
            { head: t('email'), cell: ({ email }) => email ?? '—' },
            {
              head: t('roles'),
              cell: ({ roles }) => (
                <Row>
                  {(roles ?? []).map((role) => (
                    <Badge key={role}>{roleName(role)}</Badge>
                  ))}
                </Row>
              ),
            },
            {
              head: t('status'),
              cell: ({ status }) => status && <Badge tone={status === 'ACTIVE' ? 'good' : 'bad'}>{t(status)}</Badge>,
            },
          ]}
        />
      )}
      <ShowMore pageInfo={page?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
