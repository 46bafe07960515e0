import { useQuery } from '@apollo/client/react';
import { intentKey, useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, ProblemNotice, Row, Skeleton } from '@marquee/app-kit/ui';

import { MoveQuoteDocument, type MoveQuoteQuery, RescheduleBookingDocument } from '../../generated/graphql.ts';
import type { MoveProps } from './move.ts';
import styles from './move.module.css';
import { moveTexts } from './texts.ts';

interface MoveSummaryProps extends MoveProps {
  readonly showId: string;
  readonly seats: readonly { readonly id: string }[];
  readonly onTaken: () => void;
}

const KNOWN = [
  'RescheduleClosedError',
  'ShowClosedError',
  'AdmissionRequiredError',
  'SeatLimitExceededError',
  'AccountRestrictedError',
] as const;

/** The cost of the move by the server's quote, and the button that agrees to it. */
export function MoveSummary({ booking, showId, seats, onMoved, onTaken }: MoveSummaryProps) {
  const t = useTexts(moveTexts);
  const { send, isPending, refusal, problem } = useSend(RescheduleBookingDocument);
  const seatIds = seats.map(({ id }) => id);
  const quoting = useQuery(MoveQuoteDocument, {
    variables: { bookingId: booking.id, input: { showId, seatIds } },
    fetchPolicy: 'no-cache',
  });
  const answer = quoting.data?.booking?.rescheduleQuote ?? undefined;
  const quote = answer?.__typename === 'RescheduleQuote' ? answer : undefined;
  const refused = refusal ?? (answer?.__typename === 'RescheduleQuote' ? undefined : answer);
  const known = KNOWN.find((type) => type === refused?.__typename);
  const move = async (): Promise<void> => {
    const input = { bookingId: booking.id, showId, seatIds };
    const intent = `move:${booking.id}`;
    const payload = await send({ input: { ...input, idempotencyKey: await intentKey(intent, input) } }, intent);
    if (payload) onMoved(payload.priceDifference.amount <= 0);
    else onTaken();
  };
  return (
    <section className={styles['summary']} aria-live="polite">
      {quoting.loading && !quote && <Skeleton label={t('loadingPrice')} />}
      {quote && <PriceLines paid={booking.price} quote={quote} />}
      {refused && (
        <Notice tone="bad">
          <Row>
            <span>
              {known ? t(known) : refused.__typename === 'SeatUnavailableError' ? t('taken') : refused.message}
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
      {quoting.error && <ProblemNotice error={quoting.error} onRetry={() => void quoting.refetch()} />}
      <Button isPending={isPending} isDisabled={!quote} onPress={() => void move()}>
        {t('move')}
      </Button>
    </section>
  );
}

type Quote = Extract<
  NonNullable<NonNullable<MoveQuoteQuery['booking']>['rescheduleQuote']>,
  { readonly __typename: 'RescheduleQuote' }
>;

/** The new price by its parts, and what is left to pay or comes back. */
function PriceLines({ paid, quote }: { readonly paid: MoveProps['booking']['price']; readonly quote: Quote }) {
  const t = useTexts(moveTexts);
  const { money } = useFormats();
  const { amount } = quote.priceDifference;
  const parts = (['subtotal', 'fees', 'tax', 'discount'] as const).filter((part) => quote[part].amount !== 0);
  return (
    <dl className={styles['lines']}>
      {parts.map((part) => (
        <div key={part}>
          <dt>{t(part)}</dt>
          <dd>{part === 'discount' ? `−${money(quote.discount)}` : money(quote[part])}</dd>
        </div>
      ))}
      <div>
        <dt>{t('newPrice')}</dt>
        <dd>{money(quote.total)}</dd>
      </div>
      <div>
        <dt>{t('paid')}</dt>
        <dd>{money(paid.total)}</dd>
      </div>
      <div className={styles['total']}>
        <dt>{t(amount > 0 ? 'difference' : amount < 0 ? 'refund' : 'same')}</dt>
        <dd>{money({ ...quote.priceDifference, amount: Math.abs(amount) })}</dd>
      </div>
    </dl>
  );
}
