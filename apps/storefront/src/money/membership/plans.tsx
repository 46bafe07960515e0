import { skipToken, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Empty, Select } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { CountryPlansDocument } from '../../generated/graphql.ts';
import { useCurrencyName, useMoneyCity } from '../currencies.ts';
import styles from '../money.module.css';
import { ChangePlan } from './change-plan.tsx';
import type { Membership, Plan } from './membership.ts';
import { PlanCard } from './plan-card.tsx';
import { Subscribe } from './subscribe.tsx';
import { membershipTexts } from './texts.ts';

interface PlansProps {
  readonly plans: readonly Plan[];
  /** Undefined for whoever may subscribe. */
  readonly membership: Membership | undefined;
  /** Called with what has happened, in words. */
  readonly onDone: (news: string) => void;
}

/**
 * The plans of a currency; a membership keeps its own. Of the currency of one's city they are the plans of its country,
 * where it has any. The chosen plan is in the address.
 */
export function Plans({ plans, membership, onDone }: PlansProps) {
  const t = useTexts(membershipTexts);
  const nameOf = useCurrencyName();
  const city = useMoneyCity();
  const local = useQuery(CountryPlansDocument, city ? { variables: { country: city.countryCode } } : skipToken);
  const [chosen, setCurrency] = useState<string>();
  const [search, setSearch] = useSearchParams();
  const currencies = [...new Set(plans.map(({ price }) => price.currency))].toSorted();
  const currency = membership?.plan.price.currency ?? chosen ?? city?.currency ?? 'EUR';
  const inCurrency = ({ price }: Plan): boolean => price.currency === currency;
  const ofCountry = membership ? [] : (local.data?.membershipPlans ?? []).filter(inCurrency);
  const shown = ofCountry.length > 0 ? ofCountry : plans.filter(inCurrency);
  const plan = shown.find(({ id }) => id === search.get('plan'));
  const close = (): void => setSearch({}, { replace: true });
  const done = (news: string): void => {
    close();
    onDone(news);
  };
  return (
    <section className={styles['section']} aria-labelledby="plans">
      <h2 id="plans">{t('plans')}</h2>
      <p>{t('intro')}</p>
      {!membership && (
        <div className={styles['short']}>
          <Select
            label={t('prices')}
            value={currency}
            choices={currencies.map((id) => ({ id, text: nameOf(id) }))}
            onChange={(next) => {
              setCurrency(next);
              close();
            }}
          />
        </div>
      )}
      {shown.length === 0 && (
        <Empty>
          <p>{t('noPlans')}</p>
        </Empty>
      )}
      <ul className={styles['cards']}>
        {shown.map((offered) => (
          <li key={offered.id}>
            <PlanCard
              plan={offered}
              isCurrent={offered.id === membership?.plan.id}
              isChange={membership !== undefined}
              onChoose={() => setSearch({ plan: offered.id }, { replace: true })}
            />
          </li>
        ))}
      </ul>
      {plan && !membership && <Subscribe key={plan.id} plan={plan} onDone={done} onClose={close} />}
      {plan && membership && plan.id !== membership.plan.id && (
        <ChangePlan key={plan.id} plan={plan} onDone={done} onClose={close} />
      )}
    </section>
  );
}
