import { useTexts } from '@marquee/app-kit/text';
import { useCallback } from 'react';

import { payingTexts } from './texts.ts';

/** A refusal of a mutation that charges something. */
export interface PaymentRefusal {
  readonly __typename?: string;
  readonly message: string;
  readonly declineCode?: string | null;
}

const DECLINE_CODES = [
  'insufficient_funds',
  'expired_card',
  'authentication_failed',
  'authentication_required',
] as const;

const TEXT_OF_TYPE = {
  PaymentDeclinedError: 'declined',
  CardRejectedError: 'cardRejected',
  InsufficientWalletBalanceError: 'walletRefused',
  PaymentProviderUnavailableError: 'providerAway',
  AccountRestrictedError: 'restricted',
  PaymentPendingError: 'pending',
} as const;

/** Why a payment was refused, in the page's language, and what to do. */
export function usePaymentRefusal(): (refusal: PaymentRefusal) => string {
  const t = useTexts(payingTexts);
  return useCallback(
    ({ __typename: type = '', message, declineCode }) => {
      const code = DECLINE_CODES.find((known) => known === declineCode);
      if (code) return t(code);
      // The provider's code is not asked for everywhere; its message has it.
      if (type === 'PaymentDeclinedError' && message.includes('insufficient funds')) return t('insufficient_funds');
      const key = TEXT_OF_TYPE[type as keyof typeof TEXT_OF_TYPE] as
        | (typeof TEXT_OF_TYPE)[keyof typeof TEXT_OF_TYPE]
        | undefined;
      return key ? t(key) : message;
    },
    [t],
  );
}
