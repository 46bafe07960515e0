export type { PaymentProvider } from './domain/payment-provider.ts';
export { sandboxPayments, type SandboxPaymentsOptions } from './adapters/sandbox/sandbox-payments.ts';
export { buildPayments, type PaymentsDeps } from './subgraph.ts';
