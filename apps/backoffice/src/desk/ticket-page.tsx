import { useQuery } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, ButtonLink, Empty, Page, ProblemNotice, Skeleton, Stack } from '@marquee/app-kit/ui';
import { useParams } from 'react-router';

import { DeskTicketChangedDocument, DeskTicketDocument, SupportTicketDocument } from '../generated/graphql.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { CustomerCard } from './customer-card.tsx';
import styles from './desk.module.css';
import { deskTexts } from './texts.ts';
import { TicketControls } from './ticket-controls.tsx';
import { SLA_TONES } from './ticket.ts';
import { useSoon } from '../live/use-soon.ts';

/** A ticket: the conversation as it goes on, and beside it whose it is and how it stands. */
export function Component() {
  const t = useTexts(deskTexts);
  const { ticketId = '' } = useParams();
  const variables = { id: ticketId };
  const { data, error, loading, refetch } = useQuery(SupportTicketDocument, { variables });
  const more = useQuery(DeskTicketDocument, { variables });
  const readSoon = useSoon(() => {
    void refetch();
    void more.refetch();
  }, 200);
  useLive(DeskTicketChangedDocument, { ticketId }, { onEvent: readSoon, onGap: readSoon });
  const ticket = data?.supportTicket;
  const details = more.data?.supportTicket ?? undefined;
  return (
    <Page
      title={ticket?.subject ?? t('ticket')}
      actions={ticket && <Badge tone={SLA_TONES[ticket.slaStatus]}>{t(ticket.slaStatus)}</Badge>}
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !ticket && <Skeleton label={t('loading')} />}
      {data && !ticket && !error && (
        <Empty>
          <p>{t('notFound')}</p>
          <ButtonLink href="/desk">{t('desk')}</ButtonLink>
        </Empty>
      )}
      {ticket && (
        <div className={styles['ticket']}>
          <Stack>
            <Conversation
              ticketId={ticketId}
              customerId={ticket.customer?.id}
              messages={ticket.messages}
              firstSequence={details?.messages[0]?.sequence}
            />
            <Composer ticketId={ticketId} status={ticket.status} onSent={readSoon} />
          </Stack>
          <Stack>
            <TicketControls ticket={ticket} details={details} />
            <CustomerCard ticket={ticket} details={details} />
          </Stack>
        </div>
      )}
    </Page>
  );
}
