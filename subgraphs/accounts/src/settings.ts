import { loosened, secretKeys } from '@marquee/subgraph';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** Half of the processors and of libuv's pool of four threads. */
const HALF = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2)));

const count = z.coerce.number().int().positive().describe('a whole number, at least 1');

const providerShape = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,30}$/),
  name: z.string().min(1).max(80),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
});

function parsedJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
}

export const settings = z.object({
  /**
   * Encrypts authenticator secrets and private keys in the database, which cannot be read without it. The first of several
   * seals, and `npm run rotate:encryption` moves what others have sealed to it.
   */
  encryptionKey: secretKeys(),
  /** Passwords hashed at once; more than half of `UV_THREADPOOL_SIZE` (4) would keep other work waiting. */
  hashingConcurrency: count.default(HALF),
  /** New accounts, and answers that an address is taken, in 15 minutes. */
  signUpsPerNetwork: count.default(30),
  /** Logins on unknown devices in 15 minutes, over all accounts, successful ones too. */
  loginsPerNetwork: count.default(300),
  /** The mail server: `smtp:` or `smtps:`, with user and password where it wants them. One on another machine must offer TLS. */
  mailUrl: z.url({ protocol: /^smtps?$/ }).describe('a URL such as smtps://user:password@mail.example.com'),
  /** How often due mails are looked for, in milliseconds. */
  mailIntervalMs: count.default(1_000),
  /** The sender of mails. */
  mailFrom: z.string().default('Marquee <no-reply@marquee.test>'),
  /** Where the pages `/verify-email`, `/reset-password`, `/accept-invitation` and `/accept-ticket` are, which mails lead to; without it, mails have the code alone. */
  storefrontUrl: loosened(
    z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('a URL such as https://www.example.com'),
    {
      isLoose: (url) => url.startsWith('http:'),
      why: 'leads people with the codes of their mails to pages without TLS',
    },
  ),
  /** Where clients reach the gateway, to which providers send browsers back and links to data exports lead. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:4000')
    .describe('a URL such as https://api.example.com'),
  /** OpenID Connect providers that one can sign in with. */
  signInProviders: loosened(
    z
      .string()
      .transform(parsedJson)
      .pipe(z.array(providerShape).max(20))
      .default([])
      .describe('a JSON array of objects with id, name, issuer, clientId and clientSecret'),
    {
      isLoose: (text) => /"issuer":\s*"http:/.test(text),
      why: 'believes providers whom anybody between can imitate',
    },
  ),
  /** Whose pages may use passkeys, separated by commas; the storefront's without it. */
  passkeyOrigins: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url({ protocol: /^https?$/ })))
    .transform((urls) => urls.map((url) => new URL(url).origin))
    .optional()
    .describe('URLs such as https://www.example.com,https://tickets.example.com'),
  /** The domain that passkeys belong to, which these pages are below; the first page's without it. Passkeys are lost with it. */
  passkeyDomain: z.hostname().optional().describe('a domain such as example.com'),
});

export type Settings = z.output<typeof settings>;
