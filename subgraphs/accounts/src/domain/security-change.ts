/** The changes to how an account is signed in to, of which its owner is told. */
export const SECURITY_CHANGES = [
  'PASSWORD_CHANGED',
  'PASSWORD_RESET',
  'EMAIL_CHANGED',
  'TOTP_ENABLED',
  'TOTP_DISABLED',
  'PASSKEY_ADDED',
  'PASSKEY_REMOVED',
  'PASSKEY_COPIED',
  'PROVIDER_LINKED',
  'PROVIDER_UNLINKED',
] as const;

export type SecurityChange = (typeof SECURITY_CHANGES)[number];
