import { type DocumentNode, print } from 'graphql';

import { forgetOwn } from './own-storage.ts';

/** Whether somebody is signed in here; `restoring` until that is known. */
export type SessionState = 'restoring' | 'anonymous' | 'signed-in';

interface Tokens {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** The request for new tokens; the gateway puts the refresh token in, from a cookie that no script can read. */
const REFRESH = `mutation RefreshSession($refreshToken: String!) {
  refreshSession(refreshToken: $refreshToken) {
    __typename
    ... on AuthPayload { accessToken refreshToken expiresIn }
    ... on UserError { message }
  }
}`;

/** Whether a session may be continued; says nothing that a cookie would not. */
const MARK = 'marquee.session';
/** An access token is exchanged before it expires. */
const EARLY_MS = 30_000;

/**
 * The session of this browser, which all of its tabs share.
 *
 * The refresh token is in an http-only cookie of `/session`; this object has the access token alone, in memory.
 */
export class Session {
  readonly #client: string;
  readonly #channel = new BroadcastChannel('marquee.session');
  readonly #listeners = new Set<() => void>();
  #tokens: Tokens | undefined;
  #expiresAt = 0;
  #state: SessionState;
  #refreshing: Promise<string | undefined> | undefined;

  /** @param client the name of the client, for the counting of schema usage */
  constructor(client: string) {
    this.#client = client;
    this.#state = localStorage.getItem(MARK) === null ? 'anonymous' : 'restoring';
    this.#channel.addEventListener('message', ({ data }) => this.#hear(data as 'signed-in' | 'signed-out'));
  }

  get state(): SessionState {
    return this.#state;
  }

  /** @returns a function that ends it */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A valid access token, exchanged when it is about to expire; undefined for whoever is not signed in. */
  token = async (): Promise<string | undefined> => {
    if (this.#state === 'anonymous') return undefined;
    if (this.#tokens && Date.now() < this.#expiresAt - EARLY_MS) return this.#tokens.accessToken;
    return this.refresh();
  };

  /** Exchanges the refresh token. Callers that ask meanwhile, also in other tabs, wait for the same exchange. */
  refresh(): Promise<string | undefined> {
    this.#refreshing ??= this.#alone(() => this.#exchange()).finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /**
   * Sends a mutation that signs in, such as `login`, as whoever is signed in already: a provider is linked so. Its payload's
   * refresh token goes into the cookie.
   *
   * @returns the payload; with tokens in it the session has begun
   */
  async signIn<Payload extends { readonly __typename?: string }>(
    document: DocumentNode,
    variables: object,
  ): Promise<Payload> {
    const token = await this.token().catch(() => undefined);
    // The end of an earlier session, of which a tab may hear meanwhile, must not drop the cookie of this one.
    const { data, errors } = await this.#alone(() => this.#send(print(document), variables, token));
    const payload = Object.values(data ?? {})[0] as (Payload & Partial<Tokens>) | undefined;
    if (!payload) throw new SessionError(errors?.[0]);
    if (payload.accessToken) {
      this.#keep(payload as Tokens);
      this.#channel.postMessage('signed-in');
    }
    return payload;
  }

  /** Replaces the access token by one of the same session, such as that of `confirmIdentity`. */
  replaceToken(tokens: Tokens): void {
    this.#keep(tokens);
  }

  /** Forgets the session and what was kept for the person in all tabs at once, and then its cookie. */
  async end(): Promise<void> {
    this.#forget();
    forgetOwn();
    this.#channel.postMessage('signed-out');
    await this.#alone(() => fetch('/session', { method: 'DELETE', headers: this.#headers() })).catch(() => undefined);
  }

  /** One tab at a time talks about the session. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return navigator.locks.request('marquee.session', work);
  }

  async #exchange(): Promise<string | undefined> {
    const { data } = await this.#send(REFRESH, { refreshToken: '' });
    const payload = data?.['refreshSession'] as Partial<Tokens> | undefined;
    if (payload?.accessToken) this.#keep(payload as Tokens);
    // Without an answer of the server the session is unknown, and the person stays where they are.
    else if (data) this.#forget();
    return this.#tokens?.accessToken;
  }

  async #send(query: string, variables: object, token?: string): Promise<Answer> {
    const headers = {
      ...this.#headers(),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
    };
    const response = await fetch('/session', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    // Something between here and the server answered in its place.
    if (!response.headers.get('content-type')?.includes('json')) throw new SessionError(undefined);
    return (await response.json()) as Answer;
  }

  #headers(): Record<string, string> {
    return { 'apollographql-client-name': this.#client };
  }

  #keep(tokens: Tokens): void {
    this.#tokens = tokens;
    this.#expiresAt = Date.now() + tokens.expiresIn * 1_000;
    localStorage.setItem(MARK, 'here');
    this.#become('signed-in');
  }

  #forget(): void {
    this.#tokens = undefined;
    localStorage.removeItem(MARK);
    this.#become('anonymous');
  }

  #hear(message: 'signed-in' | 'signed-out'): void {
    if (message === 'signed-out') {
      this.#forget();
      forgetOwn();
    } else this.refresh().catch(() => undefined);
  }

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The server refused a sign-in by an error, such as RATE_LIMITED. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(error: NonNullable<Answer['errors']>[number] | undefined) {
    super(error?.message ?? 'The server cannot be reached. Try again.');
    this.extensions = error?.extensions ?? {};
  }
}
