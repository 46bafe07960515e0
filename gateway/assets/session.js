// Signs in to the demo accounts of a local stack. Only the access token is kept, until the browser's tab is closed.

const KEY = 'marquee:session';
const RENEW_BEFORE_MS = 30_000;

const LOGIN = `mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on AuthPayload { accessToken expiresIn }
    ... on UserError { message }
  }
}`;

/**
 * @param {{ email: string, password: string }[]} accounts
 * @param {(query: string, variables: object) => Promise<any>} ask sends an operation and resolves to its data
 */
export function demoSession(accounts, ask) {
  const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? 'null');

  async function signIn(email) {
    const account = accounts.find((each) => each.email === email);
    if (!account) return signOut();
    const { login } = await ask(LOGIN, { input: { email, password: account.password } });
    if (!login.accessToken) throw new Error(login.message ?? `Signing in needs ${login.__typename}.`);
    const expiresAt = Date.now() + login.expiresIn * 1_000;
    sessionStorage.setItem(KEY, JSON.stringify({ email, accessToken: login.accessToken, expiresAt }));
  }

  function signOut() {
    sessionStorage.removeItem(KEY);
  }

  return {
    signIn,
    signOut,
    email: () => read()?.email,
    /** The header of the signed-in account, after signing in again when its token is about to expire. */
    async headers() {
      const known = read();
      if (!known) return {};
      if (Date.now() > known.expiresAt - RENEW_BEFORE_MS) await signIn(known.email);
      const token = read()?.accessToken;
      return token ? { Authorization: `Bearer ${token}` } : {};
    },
  };
}

/** Shows a button for nobody and one for each account. */
export function showSession(form, accounts, session, report) {
  const buttons = [{}, ...accounts].map(({ email, role }) => {
    const button = document.createElement('button');
    Object.assign(button, {
      type: 'button',
      textContent: email?.split('@', 1)[0] ?? 'nobody',
      title: email ? `${role}: ${email}` : 'Send no token',
    });
    button.addEventListener('click', async () => {
      try {
        await (email ? session.signIn(email) : session.signOut());
        report('');
      } catch (error) {
        report(error.message);
      }
      update();
    });
    return { email, button };
  });
  const update = () => {
    for (const { email, button } of buttons) button.ariaPressed = String(email === session.email());
  };
  form.append(...buttons.map(({ button }) => button));
  form.hidden = accounts.length === 0;
  update();
}
