import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Card, Dialog, Empty, Page, ProblemNotice, Select, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Filters } from '../forms/grid.tsx';
import { PlansOnSaleDocument } from '../generated/graphql.ts';
import styles from './plans.module.css';
import { NewPlan } from './new-plan.tsx';
import { moneyTexts } from './texts.ts';

/** The membership plans that customers can subscribe to. A plan never changes: a new price is a new plan. */
export function Component() {
  const t = useTexts(moneyTexts);
  const { money, name, percent } = useFormats();
  const [currency, setCurrency] = useState('EUR');
  const [isCreating, setCreating] = useState(false);
  const { data, error, loading, refetch } = useQuery(PlansOnSaleDocument, { variables: { currency: null } });
  const all = data?.membershipPlans ?? [];
  const currencies = [...new Set(['EUR', ...all.map(({ price }) => price.currency)])].toSorted();
  const plans = all.filter(({ price }) => price.currency === currency);
  return (
    <Page title={t('plans')} actions={<Button onPress={() => setCreating(true)}>{t('newPlan')}</Button>}>
      <Filters label={t('plans')}>
        <Select
          label={t('currency')}
          value={currency}
          choices={currencies.map((id) => ({ id, text: id }))}
          onChange={setCurrency}
        />
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && all.length === 0 && <Skeleton label={t('loading')} />}
      {data && plans.length === 0 && <Empty>{t('noPlans')}</Empty>}
      <ul className={styles['plans']}>
        {plans.map((plan) => (
          <li key={plan.id}>
            <Card>
              <h2>{plan.name}</h2>
              <p>
                <strong className={styles['price']}>{money(plan.price)}</strong> {t(plan.interval)}
              </p>
              <p>{plan.description}</p>
              <Soft isSmall>
                {t('benefits', {
                  trial: plan.trialDays,
                  percent: percent(plan.benefits.bookingFeePercentOff),
                  cancellations: plan.benefits.freeCancellations,
                })}
              </Soft>
              <Soft isSmall>{name(plan.country, 'region')}</Soft>
            </Card>
          </li>
        ))}
      </ul>
      <Dialog title={t('newPlan')} isOpen={isCreating} onClose={() => setCreating(false)}>
        <NewPlan
          currency={currency}
          onCreated={(created) => {
            setCreating(false);
            setCurrency(created);
            void refetch();
          }}
        />
      </Dialog>
    </Page>
  );
}
