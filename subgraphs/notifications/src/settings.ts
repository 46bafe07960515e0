import { loosened, secretKey } from '@marquee/subgraph';
import { z } from 'zod';

/** Where the pages of an application are. */
const siteUrl = (example: string) =>
  loosened(
    z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(`a URL such as ${example}`),
    { isLoose: (url) => url.startsWith('http:'), why: 'leads people to pages without TLS' },
  );
const ms = z.coerce.number().int().positive().describe('milliseconds, at least 1');

export const settings = z.object({
  /** Signs links that end mails, and hashes addresses: with another one, links of earlier mails end nothing. */
  mailKey: secretKey(),
  /** The mail server: `smtp:` or `smtps:`, with user and password where it wants them. One on another machine must offer TLS. */
  mailUrl: z.url({ protocol: /^smtps?$/ }).describe('a URL such as smtps://user:password@mail.example.com'),
  /** The sender of mails. */
  mailFrom: z.string().default('Marquee <no-reply@marquee.test>'),
  /** How often due mails are looked for. */
  mailIntervalMs: ms.default(500),
  /** Signs what the mail provider reports, as Standard Webhooks say; without it, reports are not taken. */
  mailWebhookSecret: z.string().startsWith('whsec_').optional().describe('a secret that starts with whsec_'),
  /** Where clients reach the gateway, to which links that end mails lead. */
  publicUrl: loosened(z.url({ protocol: /^https?$/ }).describe('a URL such as https://api.example.com'), {
    isLoose: (url) => /^http:\/\/(?!(127\.0\.0\.1|localhost|\[::1\])[:/])/.test(`${url}/`),
    why: 'sends the links of mails without TLS',
  }),
  /** Where the storefront’s pages are, which mails lead to; without it they lead to none. */
  storefrontUrl: siteUrl('https://www.example.com'),
  /** Where the back office’s pages are, which mails to agents lead to; without it these lead to none. */
  backofficeUrl: siteUrl('https://www.example.com/backoffice'),
  /** Proves to push services who sends. Browsers subscribe to its public half: with another one, all must subscribe again. */
  pushKey: secretKey(),
  /** Whom push services turn to. */
  pushContact: z
    .url({ protocol: /^(mailto|https)$/ })
    .default('mailto:push@marquee.test')
    .describe('a URL such as mailto:push@example.com'),
  /** Whether messages may go to push services of this machine. */
  pushLoopback: loosened(z.enum(['on', 'off']).default('off').describe('on or off'), {
    isLoose: (value) => value === 'on',
    why: 'lets anybody have requests sent to this machine',
  }),
  /** How often due pushes are looked for. */
  pushIntervalMs: ms.default(1_000),
  /** How often due reminders are looked for. */
  reminderIntervalMs: ms.default(5_000),
  /** How long a push service has to answer. */
  pushTimeoutMs: ms.default(5_000),
});

export type Settings = z.output<typeof settings>;
