import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Empty, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';

import { MyPaymentMethodsDocument } from '../../generated/graphql.ts';
import { MoneyPage } from '../money-page.tsx';
import styles from '../money.module.css';
import { CardItem } from './card-item.tsx';
import { NewCard } from './new-card.tsx';
import { cardTexts } from './texts.ts';

export function Component() {
  return (
    <MoneyPage name="cards">
      <Cards />
    </MoneyPage>
  );
}

function Cards() {
  const t = useTexts(cardTexts);
  const { data, error, loading, refetch } = useQuery(MyPaymentMethodsDocument);
  const cards = data?.viewer?.paymentMethods;
  const again = (): void => void refetch();
  if (loading && !data) return <Skeleton label={t('loading')} />;
  return (
    <div className={styles['columns']}>
      <div className={styles['section']}>
        {error && <ProblemNotice error={error} onRetry={again} />}
        {cards?.length === 0 && (
          <Empty>
            <p>{t('none')}</p>
          </Empty>
        )}
        <ul className={styles['cards']}>
          {cards?.map((card) => (
            <li key={card.id}>
              <CardItem card={card} onChange={again} />
            </li>
          ))}
        </ul>
      </div>
      <NewCard onSaved={again} />
    </div>
  );
}
