import { SetupError } from '@marquee/servers';
import { defaultStateFolder } from '@marquee/servers/state-path';

import { sandboxPayments } from '../../subgraphs/payments/src/adapters/sandbox/sandbox-payments.ts';
import { stripePayments } from '../../subgraphs/payments/src/adapters/stripe/stripe-payments.ts';
import type { PaymentProvider } from '../../subgraphs/payments/src/domain/payment-provider.ts';
import { sandboxKeys } from './sandbox.ts';
import { openStateFolder } from './state-folder.ts';

/** The provider that the environment names, as payments reads it, else the local stack's. @throws {SetupError} */
export function auditedProvider(environment: NodeJS.ProcessEnv): PaymentProvider {
  const name = environment['PAYMENTS_PROVIDER'] ?? 'sandbox';
  if (name === 'stripe') return stripe(environment);
  if (name === 'sandbox') return sandbox(environment);
  throw new SetupError(`Set PAYMENTS_PROVIDER to sandbox or stripe, not to ${name}.`);
}

function stripe(environment: NodeJS.ProcessEnv): PaymentProvider {
  const { PAYMENTS_PROVIDER_API_KEY: providerApiKey, PAYMENTS_PROVIDER_URL: providerUrl = 'https://api.stripe.com' } =
    environment;
  if (providerApiKey === undefined)
    throw new SetupError(
      'Set PAYMENTS_PROVIDER_API_KEY to a key of Stripe that may read charges, refunds and transfers.',
    );
  const unused = { providerWebhookSecret: '', fallbackReturnUrl: '', accounts: new Map<string, string>() };
  return stripePayments({ ...unused, providerUrl, providerApiKey });
}

function sandbox(environment: NodeJS.ProcessEnv): PaymentProvider {
  const gatewayPort = Number(environment['GATEWAY_PORT'] ?? 4000);
  const providerUrl = environment['PAYMENTS_PROVIDER_URL'] ?? `http://127.0.0.1:${gatewayPort + 1}`;
  const given = environment['PAYMENTS_PROVIDER_API_KEY'];
  const folder = given === undefined ? openStateFolder(defaultStateFolder(environment)) : undefined;
  const providerApiKey = given ?? (folder ? sandboxKeys((name) => folder.secret(name)).apiKey : '');
  return sandboxPayments({ providerUrl, providerApiKey, providerWebhookSecret: '' });
}
