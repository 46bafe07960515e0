import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, ProblemNotice, ShowMore, Skeleton } from '@marquee/app-kit/ui';

import { MyInvoicesDocument } from '../../generated/graphql.ts';
import { MoneyPage } from '../money-page.tsx';
import styles from '../money.module.css';
import { InvoiceCard } from './invoice-card.tsx';
import { invoiceTexts } from './texts.ts';

export function Component() {
  return (
    <MoneyPage name="invoices">
      <Invoices />
    </MoneyPage>
  );
}

function Invoices() {
  const t = useTexts(invoiceTexts);
  const { data, error, loading, refetch, fetchMore } = useQuery(MyInvoicesDocument, {
    variables: { first: 12, after: null },
  });
  const invoices = data?.viewer?.invoices;
  if (loading && !data) return <Skeleton label={t('loading')} />;
  return (
    <div className={styles['section']}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {invoices?.edges.length === 0 && (
        <Empty>
          <p>{t('none')}</p>
          <ButtonLink href="/membership">{t('toPlans')}</ButtonLink>
        </Empty>
      )}
      <ul className={styles['section']}>
        {invoices?.edges.map(({ node }) => (
          <li key={node.id}>
            <InvoiceCard invoice={node} />
          </li>
        ))}
      </ul>
      <ShowMore pageInfo={invoices?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </div>
  );
}
