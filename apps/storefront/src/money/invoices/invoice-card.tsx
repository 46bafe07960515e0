import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Row, type Tone } from '@marquee/app-kit/ui';

import type { InvoiceStatus, MyInvoicesQuery } from '../../generated/graphql.ts';
import styles from '../money.module.css';
import { invoiceTexts } from './texts.ts';

type Invoices = NonNullable<NonNullable<MyInvoicesQuery['viewer']>['invoices']>;

const TONES: Readonly<Record<InvoiceStatus, Tone>> = { PAID: 'good', CREDITED: 'warning', CREDIT_NOTE: 'plain' };

/** An invoice with its lines, which add up to its total. */
export function InvoiceCard({ invoice }: { readonly invoice: Invoices['edges'][number]['node'] }) {
  const t = useTexts(invoiceTexts);
  const { money, time } = useFormats();
  const { number, status, issuedAt, lines, total } = invoice;
  return (
    <article className={styles['panel']} aria-label={t('of', { number })}>
      <Row>
        <h2>{number}</h2>
        <Badge tone={TONES[status]}>{t(status)}</Badge>
        <span className={styles['note']}>{time(issuedAt, 'date')}</span>
      </Row>
      <ul className={styles['list']}>
        {lines.map(({ description, amount }, index) => (
          <li key={index} className={styles['line']}>
            <span>{description}</span>
            <span className={styles['figure']}>{money(amount)}</span>
          </li>
        ))}
        <li className={styles['line']}>
          <strong>{t('total')}</strong>
          <strong className={styles['figure']}>{money(total)}</strong>
        </li>
      </ul>
    </article>
  );
}
