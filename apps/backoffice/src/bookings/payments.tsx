import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Row, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { RefundDialog } from './refund-dialog.tsx';
import { bookingsTexts } from './texts.ts';
import type { Payment } from './use-booking.ts';

export interface PaymentsProps {
  readonly payments: readonly Payment[] | undefined;
  readonly timeZone: string;
  readonly onRefunded: () => void;
}

/** Payments of a booking, with what can be given back. */
export function Payments({ payments = [], timeZone, onRefunded }: PaymentsProps) {
  const t = useTexts(bookingsTexts);
  const formats = useFormats();
  const [refunding, setRefunding] = useState<Payment>();
  return (
    <Card>
      <h2>{t('payments')}</h2>
      {payments.length === 0 && <Soft>{t('noPayments')}</Soft>}
      <ul>
        {payments.map((payment) => {
          const { id, amount, refunded, method, status, createdAt } = payment;
          return (
            <li key={id}>
              <Row>
                <strong>{formats.money(amount)}</strong>
                <span>{t(method)}</span>
                <Badge tone={status === 'SUCCEEDED' ? 'good' : 'plain'}>{t(`payment_${status}`)}</Badge>
                <Soft isSmall>{formats.time(createdAt, 'exact', timeZone)}</Soft>
                {refunded.amount > 0 && (
                  <Soft>
                    {t('refunded')}: {formats.money(refunded)}
                  </Soft>
                )}
                {status === 'SUCCEEDED' && refunded.amount < amount.amount && (
                  <Button kind="quiet" onPress={() => setRefunding(payment)}>
                    {t('refund')}
                  </Button>
                )}
              </Row>
            </li>
          );
        })}
      </ul>
      {refunding && (
        <RefundDialog
          key={refunding.id}
          payment={refunding}
          onClose={() => setRefunding(undefined)}
          onRefunded={onRefunded}
        />
      )}
    </Card>
  );
}
