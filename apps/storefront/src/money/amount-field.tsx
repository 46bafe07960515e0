import { useTexts } from '@marquee/app-kit/text';
import { Select, TextField } from '@marquee/app-kit/ui';

import { useCurrencyName } from './currencies.ts';
import styles from './money.module.css';
import { moneyTexts } from './texts.ts';

interface AmountFieldProps {
  readonly text: string;
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly isWrong: boolean;
  readonly onText: (text: string) => void;
  readonly onCurrency: (currency: string) => void;
}

/** An amount in one of several currencies. */
export function AmountField({ text, currency, currencies, isWrong, onText, onCurrency }: AmountFieldProps) {
  const t = useTexts(moneyTexts);
  const nameOf = useCurrencyName();
  return (
    <div className={styles['amount']}>
      <TextField
        label={t('amount')}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={onText}
        problem={isWrong ? t('amountProblem') : undefined}
        isRequired
      />
      <Select
        label={t('currency')}
        value={currency}
        choices={currencies.map((id) => ({ id, text: nameOf(id) }))}
        onChange={onCurrency}
      />
    </div>
  );
}
