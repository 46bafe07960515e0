import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Table } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import type { MyTicketsQuery } from '../generated/graphql.ts';
import { deskTexts } from './texts.ts';
import { PRIORITY_TONES, SLA_TONES } from './ticket.ts';

export interface QueueTableProps {
  readonly tickets: readonly MyTicketsQuery['supportQueue']['edges'][number]['node'][];
}

export function QueueTable({ tickets }: QueueTableProps) {
  const t = useTexts(deskTexts);
  const { ago } = useFormats();
  return (
    <Table
      label={t('tickets')}
      rows={tickets}
      keyOf={({ id }) => id}
      columns={[
        { head: t('subject'), cell: ({ id, subject }) => <Link to={`/desk/${id}`}>{subject}</Link> },
        { head: t('sla'), cell: ({ slaStatus }) => <Badge tone={SLA_TONES[slaStatus]}>{t(slaStatus)}</Badge> },
        { head: t('customer'), cell: ({ customer }) => customer?.displayName ?? t('deleted') },
        { head: t('status'), cell: ({ status }) => t(status) },
        {
          head: t('priority'),
          cell: ({ priority }) => <Badge tone={PRIORITY_TONES[priority]}>{t(priority)}</Badge>,
        },
        {
          head: t('answerDue'),
          cell: ({ firstResponseDueAt }) => (firstResponseDueAt ? ago(firstResponseDueAt) : '—'),
        },
      ]}
    />
  );
}
