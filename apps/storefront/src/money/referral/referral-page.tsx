import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Figures, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';

import { MyReferralDocument } from '../../generated/graphql.ts';
import { MoneyPage } from '../money-page.tsx';
import styles from '../money.module.css';
import { ShareCode } from './share-code.tsx';
import { referralTexts } from './texts.ts';

export function Component() {
  return (
    <MoneyPage name="referral">
      <Referral />
    </MoneyPage>
  );
}

function Referral() {
  const t = useTexts(referralTexts);
  const { money, number } = useFormats();
  const { data, error, loading, refetch } = useQuery(MyReferralDocument);
  const referral = data?.viewer?.referral;
  if (loading && !data) return <Skeleton label={t('loading')} />;
  return (
    <div className={styles['section']}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <p>{t('intro')}</p>
      {referral && (
        <>
          <ShareCode code={referral.code} url={referral.shareUrl} />
          <Figures
            figures={[
              { label: t('invited'), value: number(referral.invitedCount) },
              { label: t('rewarded'), value: number(referral.rewardedCount) },
              { label: t('earned'), value: money(referral.earned) },
            ]}
          />
          {referral.earned.amount > 0 && (
            <div>
              <ButtonLink kind="quiet" href="/wallet">
                {t('toWallet')}
              </ButtonLink>
            </div>
          )}
        </>
      )}
    </div>
  );
}
