/** The tokens of `AuthPayload`. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
}

type AuthResult = Tokens | { accessToken?: never; message?: string };

const TOKENS = `... on AuthPayload { accessToken refreshToken expiresIn } ... on UserError { message }`;
const LOGIN = `mutation Login($input: LoginInput!) { result: login(input: $input) { ${TOKENS} } }`;
const REFRESH = `mutation Refresh($token: String!) { result: refreshSession(refreshToken: $token) { ${TOKENS} } }`;

/** A signed-in person, with an access token that is renewed before it expires. */
export class Session {
  readonly #url: string;
  #tokens: Tokens | undefined;
  #expiresAt = 0;
  #refreshing: Promise<void> | undefined;

  /** @param tokens of an earlier session that a refresh continues */
  constructor(url: string, tokens?: Tokens) {
    this.#url = url;
    if (tokens) this.#keep(tokens);
  }

  get token(): string | undefined {
    return this.#tokens?.accessToken;
  }

  get isExpiring(): boolean {
    return this.#tokens !== undefined && Date.now() > this.#expiresAt - 30_000;
  }

  signIn(email: string, password: string): Promise<void> {
    return this.#obtain(LOGIN, { input: { email, password } });
  }

  /** Exchanges the refresh token. Callers that ask meanwhile share the exchange. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#obtain(REFRESH, { token: this.#tokens?.refreshToken ?? '' }).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #obtain(query: string, variables: object): Promise<void> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: { result: AuthResult };
      errors?: { message: string }[];
    };
    if (data?.result.accessToken !== undefined) return this.#keep(data.result);
    this.#tokens = undefined;
    throw new Error(data?.result.message ?? errors?.[0]?.message ?? 'Sign in again.');
  }

  #keep(tokens: Tokens): void {
    this.#tokens = tokens;
    this.#expiresAt = Date.now() + tokens.expiresIn * 1_000;
  }
}
