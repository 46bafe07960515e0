import { intentKey, useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Checkbox, Notice, ProblemNotice, RadioGroup, Row } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { CancelBookingDocument, type RefundTarget } from '../../generated/graphql.ts';
import { useSeatName } from '../seat-name.ts';
import type { BookedTicket, BookingDetails, MainBooking } from '../use-booking.ts';
import type { Cancellation } from './cancellation.ts';
import styles from './cancel.module.css';
import { Quote } from './quote.tsx';
import { cancelTexts } from './texts.ts';
import { useQuote } from './use-quote.ts';

interface CancelFormProps {
  readonly booking: MainBooking;
  readonly details: BookingDetails;
  /** Those that may be cancelled. */
  readonly tickets: readonly BookedTicket[];
  readonly onDone: (cancellation: Cancellation) => void;
}

/** Chooses tickets, says what is given back for them, and cancels them. The choice is in the address. */
export function CancelForm({ booking, details, tickets, onDone }: CancelFormProps) {
  const t = useTexts(cancelTexts);
  const { money } = useFormats();
  const nameOf = useSeatName();
  const [search, setSearch] = useSearchParams();
  const [target, setTarget] = useState<RefundTarget>();
  const kept = search.getAll('keep');
  const chosen = tickets.filter(({ id }) => !kept.includes(id));
  const all = chosen.length === booking.tickets.length;
  const ticketIds = all ? null : chosen.map(({ id }) => id);
  const { quote, isLoading, error, refetch } = useQuote(booking.id, ticketIds);
  const { send, isPending, refusal, problem } = useSend(CancelBookingDocument);
  const standing = new Set(details.tickets.filter(({ seat }) => seat.standing).map(({ id }) => id));
  const keep = (id: string, isKept: boolean): void => {
    const next = isKept ? [...kept, id] : kept.filter((other) => other !== id);
    setSearch({ keep: next }, { replace: true });
  };
  const refundTo = target ?? quote?.refundTo ?? 'SOURCE';
  const cancel = async (): Promise<void> => {
    const intent = `cancel:${booking.id}`;
    const input = { bookingId: booking.id, ticketIds, refundTo };
    const payload = await send({ input: { ...input, idempotencyKey: await intentKey(intent, input) } }, intent);
    if (payload) onDone({ count: chosen.length, refund: payload.refund, refundTo });
  };
  return (
    <>
      <fieldset className={styles['group']}>
        <legend>{t('which')}</legend>
        {tickets.map(({ id, seat }) => (
          <Checkbox key={id} isSelected={!kept.includes(id)} onChange={(isSelected) => keep(id, !isSelected)}>
            {nameOf({ ...seat, standing: standing.has(id) })}
          </Checkbox>
        ))}
      </fieldset>
      {chosen.length === 0 ? (
        <Notice>{t('chooseOne')}</Notice>
      ) : (
        <Quote quote={quote} isLoading={isLoading} error={error} onRetry={refetch} />
      )}
      {quote && chosen.length > 0 && (
        <>
          {quote.refund.amount > 0 && (
            <RadioGroup
              label={t('where')}
              value={refundTo}
              choices={[
                { id: 'SOURCE', text: t('SOURCE') },
                { id: 'WALLET', text: t('WALLET') },
              ]}
              onChange={setTarget}
            />
          )}
          {refusal && <Notice tone="bad">{t('closed')}</Notice>}
          {problem !== undefined && <ProblemNotice error={problem} />}
          <Row>
            <Button kind="danger" isPending={isPending} onPress={() => void cancel()}>
              {t('confirm', { count: chosen.length, amount: money(quote.refund) })}
            </Button>
            <ButtonLink kind="quiet" href={`/bookings/${booking.id}`}>
              {t('keep')}
            </ButtonLink>
          </Row>
        </>
      )}
    </>
  );
}
