import { skipToken, useQuery } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, Page, ProblemNotice, Select, ShowMore, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Filters } from '../forms/grid.tsx';
import {
  MyTicketsDocument,
  SupportQueueChangedDocument,
  SupportQueueDocument,
  SupportSatisfactionDocument,
  type SupportTicketStatus,
} from '../generated/graphql.ts';
import { QueueTable } from './queue-table.tsx';
import { deskTexts } from './texts.ts';
import { STATUSES } from './ticket.ts';
import { useSoon } from '../live/use-soon.ts';

type Filter = 'WAITING' | 'MINE' | SupportTicketStatus;

const FIRST = 25;
const NONE = {};

/** The tickets that wait, the one with the earliest deadline first, as they change. */
export function Component() {
  const t = useTexts(deskTexts);
  const [filter, setFilter] = useState<Filter>('WAITING');
  const [isLiveWord, setLiveWord] = useState('');
  const isMine = filter === 'MINE';
  const status = filter === 'WAITING' || filter === 'MINE' ? null : [filter];
  const queue = useQuery(
    SupportQueueDocument,
    isMine ? skipToken : { variables: { status, first: FIRST, after: null } },
  );
  const mine = useQuery(MyTicketsDocument, isMine ? { variables: { first: FIRST, after: null } } : skipToken);
  const { error, loading, refetch } = isMine ? mine : queue;
  const page = (isMine ? mine.data : queue.data)?.supportQueue;
  const tickets = page?.edges.map(({ node }) => node) ?? [];
  const readSoon = useSoon(() => void refetch());
  useLive(SupportQueueChangedDocument, NONE, {
    onEvent: ({ supportQueueChanged: { ticket } }) => {
      setLiveWord(t('changed', { subject: ticket.subject }));
      readSoon();
    },
    onGap: readSoon,
  });
  const more = (after: string | null): Promise<unknown> =>
    isMine ? mine.fetchMore({ variables: { after } }) : queue.fetchMore({ variables: { after } });
  return (
    <Page title={t('desk')}>
      <Filters label={t('filters')}>
        <Select
          label={t('show')}
          value={filter}
          choices={[
            { id: 'WAITING' as const, text: t('WAITING') },
            { id: 'MINE' as const, text: t('MINE') },
            ...STATUSES.map((id) => ({ id, text: t(id) })),
          ]}
          onChange={setFilter}
        />
      </Filters>
      <Satisfaction />
      <Soft isSmall>
        <span role="status">{isLiveWord || t('live')}</span>
      </Soft>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !page && <Skeleton label={t('loading')} />}
      {page && tickets.length === 0 && <Empty>{t('none')}</Empty>}
      {tickets.length > 0 && <QueueTable tickets={tickets} />}
      <ShowMore pageInfo={page?.pageInfo} onMore={more} />
    </Page>
  );
}

const DAYS = 30;

const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** How content customers were of late. */
function Satisfaction() {
  const t = useTexts(deskTexts);
  const { number } = useFormats();
  const [period] = useState(() => ({ from: dayBefore(DAYS), to: dayBefore(0) }));
  const { data } = useQuery(SupportSatisfactionDocument, { variables: period });
  const { count = 0, average = null } = data?.supportSatisfaction ?? {};
  if (average === null) return null;
  return <p>{t('content', { average: number(average, 1), count })}</p>;
}
