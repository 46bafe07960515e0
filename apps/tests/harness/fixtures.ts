import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';

import { type Examples, makeExamples } from './examples.ts';
import { type DemoAccount, demoAccount, type Person, register, signIn } from './people.ts';
import { currentRun } from './run.ts';
import { Findings, watchPage } from './watch-page.ts';

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly person: Person;
}

export interface Fixtures {
  /** Faults in any page of the test, which fails for those that it does not expect. */
  readonly findings: Findings;
  /** Opens a browser of an account: a demo account, or a new one that nobody else uses. */
  readonly signedIn: (as?: DemoAccount | Person) => Promise<Visitor>;
  /** Opens a browser of somebody who is not signed in. */
  readonly anonymous: () => Promise<Page>;
}

export interface WorkerFixtures {
  /** For tests that only look: somebody who has something on every page. */
  readonly examples: Examples;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  examples: [async ({}, use, { parallelIndex }) => use(await makeExamples(parallelIndex)), { scope: 'worker' }],
  baseURL: async ({}, use) => use(currentRun().origin),
  findings: [
    async ({}, use) => {
      const findings = new Findings();
      await use(findings);
      expect(findings.unexpected, 'errors in the pages').toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, findings }, use) => {
    context.on('page', (page) => watchPage(page, findings));
    await use(context);
  },
  anonymous: async ({ browser, findings, contextOptions, baseURL, locale, timezoneId }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId });
      contexts.push(context);
      context.on('page', (page) => watchPage(page, findings));
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  signedIn: async ({ anonymous }, use) => {
    await use(async (as) => {
      const person = typeof as === 'string' ? await demoAccount(as) : (as ?? (await register()));
      const page = await anonymous();
      const context = page.context();
      await signIn(context, person);
      return { context, page, person };
    });
  },
});

export { expect };
