import { useQuery } from '@apollo/client/react';
import { endIntent } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Notice, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { MembershipPlansDocument, MyMembershipDocument } from '../../generated/graphql.ts';
import { PaymentOutcome } from '../../paying/index.ts';
import { MoneyPage } from '../money-page.tsx';
import styles from '../money.module.css';
import { CurrentMembership } from './current-membership.tsx';
import { Plans } from './plans.tsx';
import { membershipTexts } from './texts.ts';

export function Component() {
  return (
    <MoneyPage name="membership">
      <Membership />
    </MoneyPage>
  );
}

function Membership() {
  const t = useTexts(membershipTexts);
  const mine = useQuery(MyMembershipDocument);
  const { data, error, loading, refetch } = useQuery(MembershipPlansDocument);
  const [search] = useSearchParams();
  const paymentId = search.get('payment');
  const [news, setNews] = useState<string>();
  const membership = mine.data?.viewer?.membership ?? undefined;
  const isOver = membership?.status === 'CANCELLED' || membership?.status === 'EXPIRED';
  const again = (): void => {
    void mine.refetch();
    void refetch();
  };
  const ended = (): void => {
    endIntent('subscribe');
    endIntent('change-plan');
    again();
  };
  if ((loading && !data) || (mine.loading && !mine.data)) return <Skeleton label={t('loading')} />;
  const problem = error ?? mine.error;
  return (
    <div className={styles['section']}>
      {problem && <ProblemNotice error={problem} onRetry={again} />}
      {paymentId !== null && <PaymentOutcome key={paymentId} paymentId={paymentId} onEnd={ended} />}
      {news !== undefined && <Notice tone="good">{news}</Notice>}
      {membership && <CurrentMembership membership={membership} onChange={again} />}
      {data && (
        <Plans
          plans={data.membershipPlans ?? []}
          membership={isOver ? undefined : membership}
          onDone={(text) => {
            setNews(text);
            again();
          }}
        />
      )}
    </div>
  );
}
