import type Stripe from 'stripe';

import type { ChargeRequest, ChargeUsage } from '../../domain/payment-provider.ts';

/** Has the bank agree to charges without the customer, where it does so at once. */
export function setupParameters(customer: string, method: string): Stripe.SetupIntentCreateParams {
  return {
    customer,
    payment_method: method,
    allowed_payment_method_types: ['card'],
    usage: 'off_session',
    confirm: true,
  };
}

/** Without the customer nobody can act: a bank that wants a confirmation declines. */
function usageParameters(usage: ChargeUsage, returnUrl: string) {
  if (usage === 'OFF_SESSION') return { off_session: true };
  return { return_url: returnUrl, ...(usage === 'AGREES_TO_LATER' && { setup_future_usage: 'off_session' as const }) };
}

export function chargeParameters(
  { paymentId, returnUrl, deadline, usage }: ChargeRequest,
  fallbackReturnUrl: string,
): Omit<Stripe.PaymentIntentCreateParams, 'amount' | 'currency'> {
  return {
    allowed_payment_method_types: ['card'],
    confirm: true,
    expand: ['payment_method'],
    ...usageParameters(usage, returnUrl ?? fallbackReturnUrl),
    metadata: { reference: paymentId, deadline: deadline.toISOString() },
  };
}
