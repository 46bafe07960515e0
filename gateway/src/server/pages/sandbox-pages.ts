/** The pages that each sandbox of a developer's stack shows in a browser. */
export const SANDBOX_TEXTS = {
  mail: 'the mail that this stack has sent',
  push: 'the push messages that it has sent, and subscriptions to try them with',
  cards: 'the sandbox payment provider: its test cards',
  'sign-in': 'signing in with the sandbox sign-in provider',
} as const;

type SandboxPage = keyof typeof SANDBOX_TEXTS;
export const SANDBOX_PAGES = Object.keys(SANDBOX_TEXTS) as SandboxPage[];

/** The addresses of the sandboxes that a stack has. */
export type SandboxPages = Partial<Readonly<Record<SandboxPage, string>>>;
