import { intentKey, useSend } from '@marquee/app-kit/api';
import { type MoneyValue, useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, ProblemNotice, Row } from '@marquee/app-kit/ui';

import { RescheduleBookingDocument } from '../../generated/graphql.ts';
import type { MoveProps } from './move.ts';
import styles from './move.module.css';
import { moveTexts } from './texts.ts';

interface MoveSummaryProps extends MoveProps {
  readonly showId: string;
  readonly seats: readonly { readonly id: string }[];
  /** Of all seats; undefined where it is not known. */
  readonly price: MoneyValue | undefined;
  readonly onTaken: () => void;
}

const KNOWN = [
  'RescheduleClosedError',
  'ShowClosedError',
  'AdmissionRequiredError',
  'SeatLimitExceededError',
  'AccountRestrictedError',
] as const;

/** The old price beside the new one, and the button that moves. */
export function MoveSummary({ booking, showId, seats, price, onMoved, onTaken }: MoveSummaryProps) {
  const t = useTexts(moveTexts);
  const { money } = useFormats();
  const { send, isPending, refusal, problem } = useSend(RescheduleBookingDocument);
  const { total, refunded } = booking.price;
  const paid = { ...total, amount: total.amount - refunded.amount };
  const difference = price ? price.amount - paid.amount : 0;
  const known = KNOWN.find((type) => type === refusal?.__typename);
  const move = async (): Promise<void> => {
    const input = { bookingId: booking.id, showId, seatIds: seats.map(({ id }) => id) };
    const intent = `move:${booking.id}`;
    const payload = await send({ input: { ...input, idempotencyKey: await intentKey(intent, input) } }, intent);
    if (payload) onMoved(payload.priceDifference.amount <= 0);
    else onTaken();
  };
  return (
    <section className={styles['summary']} aria-live="polite">
      <dl className={styles['lines']}>
        <div>
          <dt>{t('paid')}</dt>
          <dd>{money(paid)}</dd>
        </div>
        {price && (
          <>
            <div>
              <dt>{t('newPrice')}</dt>
              <dd>{money(price)}</dd>
            </div>
            <div className={styles['total']}>
              <dt>{t(difference > 0 ? 'difference' : difference < 0 ? 'back0' : 'same')}</dt>
              <dd>{money({ ...price, amount: Math.abs(difference) })}</dd>
            </div>
          </>
        )}
      </dl>
      {refusal && (
        <Notice tone="bad">
          <Row>
            <span>
              {known ? t(known) : refusal.__typename === 'SeatUnavailableError' ? t('taken') : refusal.message}
            </span>
            {known === 'AdmissionRequiredError' && (
              <ButtonLink kind="quiet" href={`/shows/${showId}`}>
                {t('toShow')}
              </ButtonLink>
            )}
          </Row>
        </Notice>
      )}
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Button isPending={isPending} onPress={() => void move()}>
        {t('move')}
      </Button>
    </section>
  );
}
