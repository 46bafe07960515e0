import { type DocumentNode, print } from 'graphql';

import { keepOwnOf } from './own-storage.ts';

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
/** The mark of a session that was ended while its cookie could not be dropped. */
const ENDED = 'ended';
/** The id of the person who was signed in last and has not signed out. */
const PERSON = 'marquee.person';
/** An access token is exchanged before it expires. */
const EARLY_MS = 30_000;
/** All tabs wait for the one that talks about the session. */
const PATIENCE_MS = 30_000;

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
  #person = localStorage.getItem(PERSON) ?? undefined;
  /** Grows when the session ends: what was asked before is of a former one. */
  #epoch = 0;
  #refreshing: Promise<string | undefined> | undefined;

  /** @param client the name of the client, for the counting of schema usage */
  constructor(client: string) {
    this.#client = client;
    const mark = localStorage.getItem(MARK);
    this.#state = mark === null || mark === ENDED ? 'anonymous' : 'restoring';
    keepOwnOf(this.#person);
    this.#channel.addEventListener('message', ({ data }) => this.#hear(data as 'signed-in' | 'signed-out'));
    addEventListener('online', () => void this.#dropEnded());
    void this.#dropEnded();
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The id of the person who is signed in, or was until the session ran out; undefined after they have signed out. */
  get person(): string | undefined {
    return this.#person;
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

  /**
   * Exchanges the refresh token. Callers that ask meanwhile, also in other tabs, wait for the same exchange.
   *
   * @throws when it is not known whether the session goes on, and there is no valid token
   */
  refresh(): Promise<string | undefined> {
    if (this.#refreshing) return this.#refreshing;
    const epoch = this.#epoch;
    const refreshing = this.#alone(() => this.#exchange(epoch)).finally(() => {
      if (this.#refreshing === refreshing) this.#refreshing = undefined;
    });
    return (this.#refreshing = refreshing);
  }

  /**
   * Sends a mutation that signs in, such as `login`. Its payload's refresh token goes into the cookie.
   *
   * @returns the payload; with tokens in it the session has begun
   */
  async signIn<Payload extends { readonly __typename?: string }>(
    document: DocumentNode,
    variables: object,
  ): Promise<Payload> {
    const token = await this.token().catch(() => undefined);
    // The end of an earlier session, of which a tab may hear meanwhile, must not drop the cookie of this one.
    return this.#alone(async () => {
      const { data, errors } = await this.#send(print(document), variables, token);
      const payload = Object.values(data ?? {})[0] as (Payload & Partial<Tokens>) | undefined;
      if (!payload) throw new SessionError(errors?.[0]);
      if (payload.accessToken) {
        this.#keep(payload as Tokens);
        this.#channel.postMessage('signed-in');
      }
      return payload;
    });
  }

  /** Replaces the access token by one of the same session, such as that of `confirmIdentity`, unless it has ended since. */
  replaceToken(tokens: Tokens): void {
    if (this.#state === 'signed-in' && subjectOf(tokens.accessToken) === this.#person) this.#keep(tokens);
  }

  /** Forgets the session in all tabs at once, and then its cookie; without a network as soon as there is one. */
  async end(): Promise<void> {
    localStorage.setItem(MARK, ENDED);
    localStorage.removeItem(PERSON);
    this.#forget({ isSignedOut: true });
    this.#channel.postMessage('signed-out');
    await this.#dropEnded();
  }

  /** Drops the cookie of a session that was ended here. */
  #dropEnded(): Promise<void> {
    const isEnded = (): boolean => localStorage.getItem(MARK) === ENDED;
    if (!isEnded()) return Promise.resolve();
    const drop = async (): Promise<void> => {
      // Somebody may have signed in meanwhile.
      if (!isEnded()) return;
      const { ok } = await this.#fetch({ method: 'DELETE', headers: this.#headers() });
      if (ok) localStorage.removeItem(MARK);
    };
    return this.#alone(drop).catch(() => undefined);
  }

  /** One tab at a time talks about the session. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return navigator.locks.request('marquee.session', work);
  }

  async #exchange(epoch: number): Promise<string | undefined> {
    if (epoch !== this.#epoch) return this.#tokens?.accessToken;
    try {
      const { data, errors } = await this.#send(REFRESH, { refreshToken: '' });
      if (epoch !== this.#epoch) return this.#tokens?.accessToken;
      const payload = data?.['refreshSession'] as Partial<Tokens> | null | undefined;
      if (payload?.accessToken) this.#keep(payload as Tokens);
      // An error says nothing about the session: the person stays where they are.
      else if (!data || errors?.length) throw new SessionError(errors?.[0]);
      else this.#runOut();
    } catch (error) {
      if (!this.#tokens || Date.now() >= this.#expiresAt) throw error;
    }
    return this.#tokens?.accessToken;
  }

  async #send(query: string, variables: object, token?: string): Promise<Answer> {
    const headers = {
      ...this.#headers(),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
    };
    const response = await this.#fetch({ method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    // Something between here and the server answered in its place.
    if (!response.headers.get('content-type')?.includes('json')) throw new SessionError(undefined);
    return (await response.json()) as Answer;
  }

  #fetch(init: RequestInit): Promise<Response> {
    return fetch('/session', { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  #headers(): Record<string, string> {
    return { 'apollographql-client-name': this.#client };
  }

  #keep(tokens: Tokens): void {
    this.#tokens = tokens;
    this.#expiresAt = Date.now() + tokens.expiresIn * 1_000;
    this.#person = subjectOf(tokens.accessToken);
    localStorage.setItem(MARK, 'here');
    if (this.#person !== undefined) localStorage.setItem(PERSON, this.#person);
    keepOwnOf(this.#person);
    this.#become('signed-in');
  }

  /** The session is over, and nobody has signed out. */
  #runOut(): void {
    localStorage.removeItem(MARK);
    this.#forget({ isSignedOut: false });
  }

  #forget({ isSignedOut }: { readonly isSignedOut: boolean }): void {
    this.#epoch += 1;
    this.#refreshing = undefined;
    this.#tokens = undefined;
    if (isSignedOut) {
      this.#person = undefined;
      keepOwnOf(undefined);
    }
    this.#become('anonymous');
  }

  #hear(message: 'signed-in' | 'signed-out'): void {
    if (message === 'signed-out') this.#forget({ isSignedOut: true });
    else this.refresh().catch(() => undefined);
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

/**
 * Calls when somebody else uses the application from here on: they signed in or out, or another person has taken over. Not
 * for who turns out to be signed in at the start.
 *
 * @returns a function that ends it
 */
export function onAnother(session: Session, listener: () => void): () => void {
  let former = { state: session.state, person: session.person };
  return session.subscribe(() => {
    const { state, person } = session;
    const isTurn = former.state !== 'restoring' && former.state !== state;
    const isOther = former.person !== undefined && former.person !== person;
    former = { state, person };
    if (isTurn || isOther) listener();
  });
}

/** Whose access token it is. */
function subjectOf(accessToken: string): string | undefined {
  const [, claims = ''] = accessToken.split('.');
  try {
    const { sub } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { readonly sub?: string };
    return sub;
  } catch {
    return undefined;
  }
}
