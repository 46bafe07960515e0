export { useCardName } from './card-name.tsx';
export { PayWithField } from './pay-with-field.tsx';
export { PaymentOutcome } from './payment-outcome.tsx';
export { type PaymentRefusal, usePaymentRefusal } from './refusal.ts';
export { TestCardField } from './test-card-field.tsx';
export type { TestCardToken } from './test-cards.ts';
export { usePayWith } from './use-pay-with.ts';
export type { FollowedPayment } from './use-payment.ts';
