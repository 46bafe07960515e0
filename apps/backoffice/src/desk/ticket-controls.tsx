import { useMutation, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Card, Facts, Notice, Select, useAction } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { useWho } from '../frame/who.tsx';
import {
  type DeskTicketQuery,
  DeskTicketDocument,
  SupportAgentsDocument,
  type SupportTicketQuery,
  type UpdateSupportTicketInput,
  UpdateSupportTicketDocument,
} from '../generated/graphql.ts';
import { deskTexts } from './texts.ts';
import { PRIORITIES, STATUSES } from './ticket.ts';

const NOBODY = '';

export interface TicketProps {
  readonly ticket: NonNullable<SupportTicketQuery['supportTicket']>;
  readonly details: NonNullable<DeskTicketQuery['supportTicket']> | undefined;
}

/** Whom a ticket waits for, how urgent it is, and who works on it. */
export function TicketControls({ ticket, details }: TicketProps) {
  const t = useTexts(deskTexts);
  const { who } = useWho();
  const { time, ago } = useFormats();
  const action = useAction();
  const [update] = useMutation(UpdateSupportTicketDocument);
  const { data } = useQuery(SupportAgentsDocument);
  const agents = (data?.supportAgents ?? []).flatMap(({ user, onDuty, openTickets }) =>
    user
      ? [{ id: user.id, text: t('agent', { name: user.displayName, count: openTickets, duty: onDuty ? 'on' : 'off' }) }]
      : [],
  );
  const assignee = details?.assignee;
  const isListed = !assignee || agents.some(({ id }) => id === assignee.id);
  const change = (input: Omit<UpdateSupportTicketInput, 'ticketId'>): Promise<boolean> =>
    action.run(async () => {
      const { data: answer } = await update({
        variables: { input: { ticketId: ticket.id, ...input } },
        refetchQueries: [DeskTicketDocument],
      });
      const result = answer?.updateSupportTicket;
      return result?.__typename === 'AssigneeUnavailableError' ? t('assigneeUnavailable') : undefined;
    });
  const facts = [
    ...(details ? [[t('category'), t(details.category)] as const] : []),
    ...(details ? [[t('opened'), time(details.createdAt, 'exact')] as const] : []),
    ...(details?.firstResponseDueAt ? [[t('answerDue'), ago(details.firstResponseDueAt)] as const] : []),
    ...(details?.resolutionDueAt ? [[t('resolveDue'), ago(details.resolutionDueAt)] as const] : []),
    ...(details?.snoozedUntil ? [[t('snoozedUntil'), time(details.snoozedUntil, 'exact')] as const] : []),
    ...(details?.resolvedAt ? [[t('resolved'), time(details.resolvedAt, 'exact')] as const] : []),
  ];
  return (
    <Card>
      <Select
        label={t('status')}
        value={ticket.status}
        choices={STATUSES.map((id) => ({ id, text: t(id) }))}
        onChange={(status) => void change({ status })}
      />
      <Select
        label={t('priority')}
        value={ticket.priority}
        choices={PRIORITIES.map((id) => ({ id, text: t(id) }))}
        onChange={(priority) => void change({ priority })}
      />
      <Select
        label={t('assignee')}
        value={assignee?.id ?? NOBODY}
        choices={[
          { id: NOBODY, text: t('nobody') },
          ...(isListed ? [] : [{ id: assignee.id, text: assignee.displayName }]),
          ...agents,
        ]}
        onChange={(id) => void change({ assigneeId: id || null })}
      />
      {who && assignee?.id !== who.id && (
        <Button kind="quiet" isPending={action.isPending} onPress={() => void change({ assigneeId: who.id })}>
          {t('take')}
        </Button>
      )}
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <Facts facts={facts} />
      {details?.previousTicket && (
        <Link to={`/desk/${details.previousTicket.id}`}>
          {t('previous', { subject: details.previousTicket.subject })}
        </Link>
      )}
      {details?.nextTicket && (
        <Link to={`/desk/${details.nextTicket.id}`}>{t('next', { subject: details.nextTicket.subject })}</Link>
      )}
      {ticket.satisfaction && (
        <Notice tone="good">
          {t('rated', { score: ticket.satisfaction.score })}
          {ticket.satisfaction.comment !== null && ` “${ticket.satisfaction.comment}”`}
        </Notice>
      )}
    </Card>
  );
}
