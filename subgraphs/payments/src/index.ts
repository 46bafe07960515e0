export type { PaymentProvider } from './domain/payment-provider.ts';
export { sandboxPayments, type SandboxPaymentsOptions } from './providers/sandbox/sandbox-payments.ts';
export { buildPayments, type PaymentsDeps } from './subgraph.ts';
