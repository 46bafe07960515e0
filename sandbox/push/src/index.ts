export type { ReceivedMessage } from './messages.ts';
export { buildSandboxPush } from './sandbox-push.ts';
export type { Answer, SubscriptionKeys } from './subscriptions.ts';
