import type { Page, Request } from '@playwright/test';

import { currentRun } from './run.ts';

/** Faults in the pages of a test, and those that the test expects. */
export class Findings {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  /** Lets findings pass that the test brings about itself. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  add(finding: string): void {
    this.#found.push(finding);
  }

  get unexpected(): readonly string[] {
    return this.#found.filter((finding) => !this.#expected.some((pattern) => pattern.test(finding)));
  }
}

/** Records console errors, violations of the security policy, errors of scripts and failed requests of a page. */
export function watchPage(page: Page, findings: Findings): void {
  const { origin } = currentRun();
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' && !/Content Security Policy|Warning:/.test(text)) return;
    // A failed request is recorded as such, with its address.
    if (!/Failed to load resource/.test(text))
      findings.add(`console: ${text} (${message.location().url}:${message.location().lineNumber})`);
  });
  page.on('pageerror', (error) => findings.add(`error: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left ends its own requests.
    if (reason !== 'net::ERR_ABORTED') findings.add(`request: ${nameOf(request)}: ${reason}`);
  });
  page.on('response', (response) => {
    if (!response.url().startsWith(origin) || response.status() < 400) return;
    findings.add(`response: ${nameOf(response.request())}: ${response.status()}`);
  });
}

function nameOf(request: Request): string {
  const operation = /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1];
  return [request.method(), new URL(request.url()).pathname, operation].filter(Boolean).join(' ');
}
