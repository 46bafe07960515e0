import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ProblemNotice, RadioGroup, Skeleton, Soft } from '@marquee/app-kit/ui';

import { CardName } from './card-name.tsx';
import type { Means, Wallet } from './means.ts';
import styles from './paying.module.css';
import { TestCardField } from './test-card-field.tsx';
import { payingTexts } from './texts.ts';
import type { PayWith } from './use-pay-with.ts';

/** Chooses what to pay with. The choice is in `usePayWith`, so that the form that sends it has it too. */
export function PayWithField({ payWith }: { readonly payWith: PayWith }) {
  const t = useTexts(payingTexts);
  const { cards, wallet, means } = payWith;
  if (payWith.isLoading) return <Skeleton label={t('loading')} />;
  const choices = [
    ...cards.map((card) => ({ id: card.id as Means, text: <CardName card={card} />, isDisabled: card.expired })),
    ...(wallet ? [{ id: 'wallet', text: <WalletName wallet={wallet} />, isDisabled: !wallet.covers }] : []),
    { id: 'new', text: t(cards.length > 0 ? 'newCard' : 'onlyCard') },
  ];
  return (
    <div className={styles['field']}>
      {payWith.error !== undefined && <ProblemNotice error={payWith.error} onRetry={payWith.refetch} />}
      {choices.length > 1 && (
        <RadioGroup label={t('payWith')} choices={choices} value={means} onChange={payWith.choose} />
      )}
      {means === 'new' && (
        <div className={styles['new']}>
          <TestCardField token={payWith.token} onChange={payWith.chooseToken} />
        </div>
      )}
    </div>
  );
}

function WalletName({ wallet: { balance, covers } }: { readonly wallet: Wallet }) {
  const t = useTexts(payingTexts);
  const { money } = useFormats();
  return (
    <span className={styles['means']}>
      <span>{t('wallet')}</span>{' '}
      <Soft isSmall>
        {balance ? t(covers ? 'walletHas' : 'walletShort', { balance: money(balance) }) : t('walletEmpty')}
      </Soft>
    </span>
  );
}
