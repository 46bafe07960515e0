const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
];

const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
];

/** The browser and the system that a user agent names, as far as they are known. */
export function deviceOf(userAgent: string | null): {
  readonly browser: string | undefined;
  readonly system: string | undefined;
} {
  const named = (known: typeof BROWSERS): string | undefined =>
    known.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0];
  return { browser: named(BROWSERS), system: named(SYSTEMS) };
}
