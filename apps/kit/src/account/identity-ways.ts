/** The credentials of an account, as far as it tells them. */
export interface Credentials {
  readonly secondFactors: readonly string[] | null;
  readonly passkeys: readonly { readonly id: string }[] | null;
}

/**
 * The ways in which somebody can confirm who they are: a code takes the place of the password, and a passkey goes beside
 * either.
 *
 * @param isPasswordRefused whether the account turned out to have no password
 */
export function waysToConfirm({ secondFactors, passkeys }: Credentials, isPasswordRefused: boolean) {
  const hasCode = (secondFactors ?? []).length > 0;
  return { hasCode, hasPassword: !hasCode && !isPasswordRefused, hasPasskey: (passkeys ?? []).length > 0 };
}
