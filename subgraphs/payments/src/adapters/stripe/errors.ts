import { Stripe } from 'stripe';

import { ProviderUnavailableError } from '../../domain/payment-provider.ts';
import { neverConnected } from '../provider-http.ts';

/** Stripe decided on the request: nothing else will come of it. */
export function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
}

/** The error when Stripe gave no usable answer about a payment. Anything but a refusal may have taken effect. */
export function unavailable(error: unknown): ProviderUnavailableError {
  const isStripe = error instanceof Stripe.errors.StripeError;
  const rejected = isStripe && (error.statusCode === 401 || error.statusCode === 403 || error.statusCode === 429);
  return new ProviderUnavailableError(`Stripe did not answer: ${isStripe ? error.type : 'no response'}`, {
    outcomeUnknown: !rejected && !(isStripe && neverConnected(error.detail)),
    cause: error,
  });
}
