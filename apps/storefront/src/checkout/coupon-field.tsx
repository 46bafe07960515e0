import { useApolloClient } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, TextField, useAction } from '@marquee/app-kit/ui';
import { type FormEvent, useState } from 'react';

import { CheckCouponDocument, type CheckCouponQuery, type CouponRejectionReason } from '../generated/graphql.ts';
import styles from './checkout.module.css';
import { checkoutTexts, couponTexts } from './texts.ts';

export type Quote = Extract<NonNullable<CheckCouponQuery['checkCoupon']>, { readonly __typename: 'CouponQuote' }>;

export interface CouponFieldProps {
  readonly holdId: string;
  readonly quote: Quote | undefined;
  readonly onQuote: (quote: Quote | undefined) => void;
  /** Why the booking was refused with the code. */
  readonly rejected: CouponRejectionReason | undefined;
}

/** A code and what it takes off; it is used when the booking is made. */
export function CouponField({ holdId, quote, onQuote, rejected }: CouponFieldProps) {
  const t = useTexts(checkoutTexts);
  const c = useTexts(couponTexts);
  const { money } = useFormats();
  const client = useApolloClient();
  const [code, setCode] = useState('');
  const { run, isPending, problem, setProblem } = useAction();
  const check = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() === '') return;
    void run(async () => {
      const variables = { holdId, code: code.trim() };
      const { data, error } = await client.query({ query: CheckCouponDocument, variables, fetchPolicy: 'no-cache' });
      if (error) throw error;
      const answer = data?.checkCoupon;
      if (answer?.__typename === 'CouponQuote') onQuote(answer);
      return answer?.__typename === 'CouponRejectedError' ? c(answer.reason) : undefined;
    });
  };
  if (quote)
    return (
      <Notice tone="good">
        {t('couponGood', {
          code: quote.code,
          discount: money(quote.discount),
          total: money(quote.totalAfterDiscount),
        })}{' '}
        <Button kind="bare" onPress={() => onQuote(undefined)}>
          {t('couponRemove')}
        </Button>
      </Notice>
    );
  return (
    <form className={styles['coupon']} onSubmit={check}>
      <TextField
        label={t('couponLabel')}
        value={code}
        onChange={(next) => {
          setCode(next);
          setProblem(undefined);
        }}
        maxLength={40}
        autoComplete="off"
        problem={problem ?? (rejected && c(rejected))}
      />
      <Button type="submit" kind="quiet" isPending={isPending}>
        {t('couponApply')}
      </Button>
    </form>
  );
}
