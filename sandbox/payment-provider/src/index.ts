export { buildSandboxProvider } from './sandbox-provider.ts';
export type { SandboxLog, SandboxProvider, SandboxProviderDeps, SandboxTimings } from './sandbox-provider.ts';
export type { WebhookEndpoint } from './webhook-delivery.ts';
