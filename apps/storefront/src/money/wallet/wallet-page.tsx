import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, ProblemNotice, ShowMore, Skeleton } from '@marquee/app-kit/ui';

import { MyWalletDocument, WalletBalancesDocument } from '../../generated/graphql.ts';
import { MoneyPage } from '../money-page.tsx';
import styles from '../money.module.css';
import { walletTexts } from './texts.ts';
import { TopUp } from './top-up.tsx';
import { Transaction } from './transaction.tsx';

export function Component() {
  return (
    <MoneyPage name="wallet">
      <Wallet />
    </MoneyPage>
  );
}

function Wallet() {
  const t = useTexts(walletTexts);
  const { money, list } = useFormats();
  const { data, error, loading, refetch, fetchMore } = useQuery(MyWalletDocument, {
    variables: { first: 20, after: null },
  });
  const all = useQuery(WalletBalancesDocument);
  const wallet = data?.viewer?.wallet;
  const transactions = wallet?.transactions.edges.map(({ node }) => node) ?? [];
  const balances = all.data?.viewer?.wallet?.balances ?? [];
  const others = balances.filter(({ currency, amount }) => currency !== wallet?.balance.currency && amount > 0);
  const again = (): void => {
    void refetch();
    void all.refetch();
  };
  if (loading && !data) return <Skeleton label={t('loading')} />;
  return (
    <div className={styles['columns']}>
      <div className={styles['section']}>
        {error && <ProblemNotice error={error} onRetry={again} />}
        {wallet && (
          <p className={styles['balance']} role="status">
            <span>{t('balance')}</span>
            <strong>{money(wallet.balance)}</strong>
            {others.length > 0 && <span>{t('others', { amounts: list(others.map(money)) })}</span>}
          </p>
        )}
        <section className={styles['section']} aria-labelledby="transactions">
          <h2 id="transactions">{t('transactions')}</h2>
          {wallet && transactions.length === 0 && (
            <Empty>
              <p>{t('none')}</p>
            </Empty>
          )}
          <ul className={styles['list']}>
            {transactions.map((transaction) => (
              <Transaction key={transaction.id} transaction={transaction} />
            ))}
          </ul>
          <ShowMore pageInfo={wallet?.transactions.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
        </section>
      </div>
      {wallet && <TopUp key={wallet.balance.currency} balance={wallet.balance} balances={balances} onDone={again} />}
    </div>
  );
}
