/** Time to sign in at the provider. */
export const PROVIDER_LOGIN_MS = 10 * 60_000;
/** Time in which the client fetches its session. */
export const SIGN_IN_CODE_MS = 2 * 60_000;
/** Longest state of a client's page. */
export const MAX_CLIENT_STATE = 200;

/** A provider that signs people in. */
export interface SignInProvider {
  readonly id: string;
  readonly name: string;
}

/** A sign-in that is under way at a provider. */
export interface ProviderLogin {
  /** Hash of its state. */
  readonly hash: string;
  readonly provider: string;
  /** Hash of the cookie of the browser in which it began; null until a link is opened in one. */
  readonly browserHash: string | null;
  /** Of the client's page, which gets it back. */
  readonly clientState: string | null;
  /** Who adds the provider to their account; null for a sign-in. */
  readonly linkTo: string | null;
  readonly expiresAt: Date;
}

/** A person as a provider knows them. */
export interface ProviderPerson {
  /** The provider's id of the person. */
  readonly subject: string;
  /** In lower case; null when the provider does not tell. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly displayName: string | null;
}

/** A provider's answer, kept until the client fetches its session. */
export interface ProviderSignIn extends ProviderPerson {
  /** Hash of the code. */
  readonly hash: string;
  readonly provider: string;
  readonly linkTo: string | null;
  readonly expiresAt: Date;
}

/** A person's account at a provider. */
export interface ProviderIdentity {
  readonly provider: string;
  readonly subject: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The secrets of one login: only who has the state and the browser's token can compute the others. */
export interface LoginSecrets {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE. */
  readonly verifier: string;
}

/** The providers in the settings, by OpenID Connect. */
export interface SignInProviders {
  readonly list: readonly SignInProvider[];
  /** Where a browser starts. */
  startUrl(provider: string): string;
  /** Where the provider asks the person. @throws when the provider cannot be reached */
  authorizationUrl(provider: string, secrets: LoginSecrets): Promise<string>;
  /**
   * Exchanges the code of a callback.
   *
   * @param query of the callback
   * @returns null when the provider refused, or what came back is not for this login
   */
  identify(provider: string, query: string, secrets: LoginSecrets): Promise<ProviderPerson | null>;
}
