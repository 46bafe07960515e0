export { CardName, useCardName } from './card-name.tsx';
export type { Means, SavedCard } from './means.ts';
export { PayWithField } from './pay-with-field.tsx';
export { PaymentOutcome } from './payment-outcome.tsx';
export { type PaymentRefusal, usePaymentRefusal } from './refusal.ts';
export { TestCardField } from './test-card-field.tsx';
export { TEST_CARD_TOKENS, TEST_CARDS, type TestCardToken } from './test-cards.ts';
export { type PayWith, type PayWithOptions, usePayWith } from './use-pay-with.ts';
export { type FollowedPayment, usePayment } from './use-payment.ts';
