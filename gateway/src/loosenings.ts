import type { Loosening } from '@marquee/environment';

/** Variables of the gateway that weaken it. */
export const LOOSENINGS: readonly Loosening[] = [
  {
    variable: 'AUTHORIZATION_MODE',
    isLoose: (mode) => mode === 'dry-run',
    why: 'is dry-run, which withholds nothing from anybody',
  },
  { variable: 'DEMO_ACCOUNTS', why: 'gives the passwords of accounts away' },
  { variable: 'SANDBOX_PAGES', why: 'leads to the mail and the sandboxes of a developer’s machine' },
];

interface Loosenable {
  readonly rateLimits?: object | false;
  readonly cost?: object | false;
  readonly authorization?: string;
}

/** The settings of a deployment that weaken it, each as a sentence. */
export function looseSettings({ rateLimits, cost, authorization }: Loosenable): string[] {
  const loose: readonly (readonly [boolean, string])[] = [
    [rateLimits === false, 'Rate limits cannot be disabled in production.'],
    [cost === false, 'Demand control cannot be disabled in production: set the cost’s maximum instead.'],
    [authorization === 'dry-run', 'Authorization cannot be dry-run in production: it withholds nothing.'],
  ];
  return loose.filter(([isLoose]) => isLoose).map(([, sentence]) => sentence);
}
