import { Stripe } from 'stripe';

import { ProviderRefusedError, ProviderUnavailableError } from '../../domain/payment-provider.ts';
import { neverConnected } from '../provider-http.ts';
import { declineCodeOf } from './objects.ts';

/** Stripe decided on the request: nothing else will come of it. */
function isRefusal(error: unknown): error is Stripe.errors.StripeError {
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

/** Stripe's refusal of a request, with the PaymentIntent that it made of it, if any. */
export class Refusal {
  readonly code: string | null;
  readonly intent: Stripe.PaymentIntent | undefined;
  readonly cause: Stripe.errors.StripeError;

  constructor(cause: Stripe.errors.StripeError) {
    this.cause = cause;
    this.code = declineCodeOf(cause.decline_code, cause.code);
    this.intent = cause.payment_intent;
  }
}

/** @throws {ProviderUnavailableError} when Stripe neither took nor refused the request */
export async function answered<T>(answer: Promise<T>): Promise<T | Refusal> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error)) return new Refusal(error);
    throw unavailable(error);
  }
}

/** @throws {ProviderRefusedError} */
export function resolved<T>(answer: T | Refusal): T {
  if (answer instanceof Refusal) throw new ProviderRefusedError(answer.code);
  return answer;
}
