import { intentKey, useSecondsUntil, useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, ProblemNotice } from '@marquee/app-kit/ui';
import { useSearchParams } from 'react-router';

import { PayBookingDocument } from '../../generated/graphql.ts';
import { PayWithField, usePaymentRefusal, usePayWith } from '../../paying/index.ts';
import styles from '../move/move.module.css';
import { moveTexts } from '../move/texts.ts';
import { useSeatNames } from '../seat-name.ts';
import type { BookingDetails } from '../use-booking.ts';

interface PendingMoveProps {
  readonly id: string;
  readonly move: NonNullable<BookingDetails['pendingReschedule']>;
  readonly onChange: () => void;
}

/** A move that awaits the payment of the difference. */
export function PendingMove({ id, move, onChange }: PendingMoveProps) {
  const t = useTexts(moveTexts);
  const { money, time } = useFormats();
  const names = useSeatNames();
  const refusalText = usePaymentRefusal();
  const [, setSearch] = useSearchParams();
  const left = useSecondsUntil(move.expiresAt);
  const payWith = usePayWith({ amount: move.priceDifference });
  const { send, isPending, refusal, problem } = useSend(PayBookingDocument);
  const { venue, startsAt } = move.show;
  const pay = async (): Promise<void> => {
    const intent = `pay-move:${id}`;
    const input = { bookingId: id, with: payWith.input, returnUrl: location.origin + location.pathname };
    const payload = await send({ input: { ...input, idempotencyKey: await intentKey(intent, input) } }, intent);
    if (!payload) return undefined;
    if (payload.payment.actionUrl !== null) return location.assign(payload.payment.actionUrl);
    setSearch({ payment: payload.payment.id }, { replace: true });
    return onChange();
  };
  const isOver = left === 0;
  return (
    <section className={styles['pending']} aria-labelledby="pending-move">
      <h2 id="pending-move">{t('pendingTitle')}</h2>
      <p>
        {isOver
          ? t('over')
          : t('pending', {
              time: time(startsAt, 'moment', venue.city.timeZone),
              venue: venue.name,
              seats: names(move.seats),
              left: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`,
            })}
      </p>
      {!isOver && (
        <>
          <PayWithField payWith={payWith} />
          {refusal && (
            <Notice tone="bad">
              {refusal.__typename === 'BookingNotPayableError' ? t('notPayable') : refusalText(refusal)}
            </Notice>
          )}
          {problem !== undefined && <ProblemNotice error={problem} />}
          <div>
            <Button isPending={isPending} isDisabled={payWith.isLoading} onPress={() => void pay()}>
              {t('pay', { amount: money(move.priceDifference) })}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
