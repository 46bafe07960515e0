export { buildSandboxSignIn, type SandboxSignIn, type SandboxSignInOptions } from './sandbox-sign-in.ts';
export type { SandboxClient } from './client.ts';
