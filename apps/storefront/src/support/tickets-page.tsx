import { useQuery } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, ButtonLink, Empty, Page, ProblemNotice, ShowMore, Skeleton, Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import {
  MySupportTicketsDocument,
  type MySupportTicketsQuery,
  SupportTicketChangedDocument,
} from '../generated/graphql.ts';
import { SignedIn } from '../session/index.ts';
import { statusTone } from './status.ts';
import styles from './support.module.css';
import { helpTexts } from './texts.ts';

const PAGE_SIZE = 20;

type Ticket = NonNullable<NonNullable<MySupportTicketsQuery['viewer']>['supportTickets']>['edges'][number]['node'];

export function Component() {
  const t = useTexts(helpTexts);
  return (
    <Page title={t('myTickets')} isNarrow actions={<ButtonLink href="/support/new">{t('ask')}</ButtonLink>}>
      <SignedIn>
        <Tickets />
      </SignedIn>
    </Page>
  );
}

function Tickets() {
  const t = useTexts(helpTexts);
  const { data, error, refetch, fetchMore } = useQuery(MySupportTicketsDocument, {
    variables: { first: PAGE_SIZE, after: null },
  });
  const list = data?.viewer?.supportTickets;
  if (!list)
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />;
  if (list.edges.length === 0)
    return (
      <Empty>
        <p>{t('noTickets')}</p>
        <ButtonLink href="/help">{t('toHelp')}</ButtonLink>
      </Empty>
    );
  return (
    <>
      <ul className={styles['tickets']}>
        {list.edges.map(({ node }) => (
          <TicketItem key={node.id} ticket={node} onChange={() => void refetch()} />
        ))}
      </ul>
      <ShowMore pageInfo={list.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}

/** A question; one that is open follows its changes. */
function TicketItem({ ticket, onChange }: { readonly ticket: Ticket; readonly onChange: () => void }) {
  const t = useTexts(helpTexts);
  const formats = useFormats();
  const { id, subject, status, updatedAt, messages } = ticket;
  useLive(
    SupportTicketChangedDocument,
    { ticketId: id },
    { skip: status === 'RESOLVED', onEvent: onChange, onGap: onChange },
  );
  return (
    <li className={styles['ticket']}>
      <div className={styles['between']}>
        <Badge tone={statusTone(status)}>{t(status)}</Badge>
        <Soft isSmall>{t('updated', { ago: formats.ago(updatedAt) })}</Soft>
      </div>
      <h2>
        <Link to={`/support/${encodeURIComponent(id)}`}>{subject}</Link>
      </h2>
      <p className={styles['cut']}>{messages[0]?.text}</p>
    </li>
  );
}
