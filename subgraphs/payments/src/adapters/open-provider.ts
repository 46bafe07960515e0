import type { PaymentProvider } from '../domain/payment-provider.ts';
import type { Settings } from '../settings.ts';
import { sandboxPayments } from './sandbox/sandbox-payments.ts';
import { stripePayments } from './stripe/stripe-payments.ts';

/** The provider that the settings name. @throws when they do not go together, naming what to set */
export function openProvider(settings: Settings): PaymentProvider {
  const { provider, providerApiKey, returnOrigins, stripeAccounts } = settings;
  const isStripeKey = /^[sr]k_(test|live)_/.test(providerApiKey);
  if (provider === 'sandbox') {
    if (providerApiKey.includes('k_live_')) throw new Error('Set PAYMENTS_PROVIDER to stripe to use its live key.');
    return sandboxPayments(settings);
  }
  if (!isStripeKey) throw new Error('Set PAYMENTS_PROVIDER_API_KEY to a secret or restricted key of Stripe.');
  const [fallbackReturnUrl] = returnOrigins;
  if (fallbackReturnUrl === undefined)
    throw new Error('Set PAYMENTS_RETURN_ORIGINS to your sites: the pages of Stripe lead back to one of them.');
  return stripePayments({ ...settings, fallbackReturnUrl, accounts: stripeAccounts });
}
