import { useMutation } from '@apollo/client/react';
import { endIntent, intentKey } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, Row, Stack, TextField, useAction } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { wholeNumber } from '../forms/amount.ts';
import { useForm } from '../forms/use-form.ts';
import { IssueComplimentaryTicketsDocument } from '../generated/graphql.ts';
import type { SeatDialogProps } from './block-dialog.tsx';
import { seatsTexts } from './texts.ts';

const MAX_HOURS = 8_760;

/** Gives tickets away: the recipient accepts them by a mail. */
export function GiveDialog({ showId, seatIds, onClose, onDone, onStale }: SeatDialogProps) {
  const t = useTexts(seatsTexts);
  const [give] = useMutation(IssueComplimentaryTicketsDocument);
  const action = useAction();
  const { field, form } = useForm({ email: '', reason: '', hours: '' }, ({ email, reason, hours }) => ({
    ...(!/^\S+@\S+\.\S+$/.test(email.trim()) && { email: t('needEmail') }),
    ...(reason.trim() === '' && { reason: t('needReason') }),
    ...(hours.trim() !== '' && wholeNumber(hours, 1, MAX_HOURS) === undefined && { hours: t('needHours') }),
  }));
  const send = ({
    email,
    reason,
    hours,
  }: {
    readonly email: string;
    readonly reason: string;
    readonly hours: string;
  }) => {
    const intent = `give:${showId}`;
    const acceptWithinHours = wholeNumber(hours, 1, MAX_HOURS);
    const input = {
      ...{ showId, seatIds: [...seatIds], toEmail: email.trim(), reason: reason.trim() },
      ...(acceptWithinHours !== undefined && { acceptWithinHours }),
    };
    void action.run(async () => {
      const { data } = await give({
        variables: { input: { ...input, idempotencyKey: await intentKey(intent, input) } },
      });
      const result = data?.issueComplimentaryTickets;
      endIntent(intent);
      if (result?.__typename === 'IssueComplimentaryTicketsPayload') {
        onDone(
          <>
            {t('given', { count: seatIds.length, email: input.toEmail })}{' '}
            <Link to={`/bookings/${result.booking.id}`}>{t('seeBooking')}</Link>
          </>,
        );
        return undefined;
      }
      if (result?.__typename !== 'SeatUnavailableError') return t('closed');
      onStale();
      return undefined;
    });
  };
  return (
    <Dialog title={t('give')} isOpen onClose={onClose}>
      <form {...form(send)}>
        <Stack>
          <TextField label={t('email')} type="email" maxLength={254} autoComplete="off" {...field('email')} />
          <TextField label={t('reason')} maxLength={300} {...field('reason')} />
          <TextField label={t('hours')} inputMode="numeric" hint={t('hoursHint')} {...field('hours')} />
          {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
          <Row>
            <Button type="submit" isPending={action.isPending}>
              {t('give')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
