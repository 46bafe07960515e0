export type { ReceivedMail } from './inbox.ts';
export { buildSandboxMail, type SandboxMailAddresses } from './sandbox-mail.ts';
