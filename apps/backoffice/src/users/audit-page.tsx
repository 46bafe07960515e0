import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import {
  Button,
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
import { Link, useSearchParams } from 'react-router';

import { Filters } from '../forms/grid.tsx';
import { AuditLogDocument, type AuditLogFilterInput } from '../generated/graphql.ts';
import { useDetailText } from './detail-text.ts';
import { Moment } from './moment.tsx';
import { userTexts } from './texts.ts';
import styles from './users.module.css';

const FIELDS = ['actorId', 'action', 'subjectType', 'subjectId'] as const;

/** Midnight of a day of this browser's clocks. */
const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();

function filterOf(search: URLSearchParams): AuditLogFilterInput {
  const fields = FIELDS.flatMap((field) => {
    const value = search.get(field)?.trim();
    return value ? [[field, value] as const] : [];
  });
  const from = search.get('from');
  const to = search.get('to');
  return { ...Object.fromEntries(fields), ...(from && { from: startOf(from) }), ...(to && { to: startOf(to) }) };
}

/** Deeds and looks of staff, latest first. The filters are in the address. */
export function Component() {
  const t = useTexts(userTexts);
  const inWords = useDetailText();
  const [search, setSearch] = useSearchParams();
  const key = useDebounced(search.toString());
  const { data, error, loading, refetch, fetchMore } = useQuery(AuditLogDocument, {
    variables: { filter: filterOf(new URLSearchParams(key)), first: 50, after: null },
  });
  const page = data?.auditLog;
  const entries = page?.edges.map(({ node }) => node) ?? [];
  const set = (field: string, value: string): void =>
    setSearch(
      (former) => {
        const next = new URLSearchParams(former);
        if (value === '') next.delete(field);
        else next.set(field, value);
        return next;
      },
      { replace: true },
    );
  const field = (name: string) => ({ value: search.get(name) ?? '', onChange: (value: string) => set(name, value) });
  return (
    <Page title={t('auditLog')}>
      <Filters label={t('filters')}>
        <TextField label={t('actorId')} {...field('actorId')} />
        <TextField label={t('action')} placeholder="personal-data.read" {...field('action')} />
        <TextField label={t('subjectType')} placeholder="User" {...field('subjectType')} />
        <TextField label={t('subjectId')} {...field('subjectId')} />
        <TextField type="date" label={t('fromDay')} {...field('from')} />
        <TextField type="date" label={t('beforeDay')} {...field('to')} />
        <Button kind="quiet" isDisabled={search.size === 0} onPress={() => setSearch({}, { replace: true })}>
          {t('clear')}
        </Button>
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !page && <Skeleton label={t('loading')} />}
      {page && entries.length === 0 && <Empty>{t('noEntries')}</Empty>}
      {entries.length > 0 && (
        <Table
          label={t('auditLog')}
          rows={entries}
          keyOf={({ id }) => id}
          columns={[
            { head: t('at'), cell: ({ at }) => <Moment at={at} /> },
            {
              head: t('actor'),
              cell: ({ actor }) =>
                actor ? (
                  <Button
                    kind="bare"
                    aria-label={t('onlyBy', { name: actor.displayName })}
                    onPress={() => set('actorId', actor.id)}
                  >
                    {actor.displayName}
                  </Button>
                ) : (
                  t('deleted')
                ),
            },
            { head: t('action'), cell: ({ action }) => <code className={styles['action']}>{action}</code> },
            {
              head: t('subject'),
              cell: ({ subjectType, subjectId }) => (
                <span className={styles['subject']}>
                  {subjectType}{' '}
                  <Soft isSmall>
                    {subjectId.startsWith('usr_') ? <Link to={`/users/${subjectId}`}>{subjectId}</Link> : subjectId}
                  </Soft>
                </span>
              ),
            },
            {
              head: t('detail'),
              cell: ({ detail }) => <span className={styles['detail']}>{detail === null ? '—' : inWords(detail)}</span>,
            },
          ]}
        />
      )}
      <ShowMore pageInfo={page?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
