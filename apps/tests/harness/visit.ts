import { expect, type Locator, type Page } from '@playwright/test';

export const LANGUAGES = ['en', 'de', 'hi'] as const;
export type PageLanguage = (typeof LANGUAGES)[number];

/** Opens pages in a language from now on. */
export async function chooseLanguage(page: Page, language: PageLanguage): Promise<void> {
  await page.addInitScript((chosen) => {
    if (origin !== 'null') localStorage.setItem('marquee.language', chosen);
  }, language);
}

/** Has the system prefer dark or light colours, and waits until the page is drawn in them. */
export async function chooseColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** Opens a page and waits until it has loaded what it shows. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/** Waits until nothing is being loaded. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.locator('[class*="skeleton"]')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
}

/** The rows of a table by its label, without the one of headings. */
export function rowsOf(page: Page, table: string): Locator {
  return page
    .getByRole('region', { name: table, exact: true })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
}

/** English words that are no German and no Hindi ones. */
const ENGLISH =
  /\b(the|your|you|with|and|of|to|for|not|my|all|sign|search|save|cancel|close|more|again|add|edit|back|next|choose|show)\b/i;

/** Texts of controls, labels and headings of sections. Headings of items are left out, which are names mostly. */
export function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = 'button, nav a, label, legend, th, [role="tab"], summary, dt, h2:not(li *, article *, :has(a))';
    const texts = [...document.querySelectorAll(controls)].map(({ textContent }) => textContent);
    const labels = [...document.querySelectorAll('[aria-label], [placeholder]')].flatMap((element) => [
      element.getAttribute('aria-label'),
      element.getAttribute('placeholder'),
    ]);
    return [...new Set([...texts, ...labels].flatMap((text) => (text?.trim() ? [text.trim()] : [])))];
  });
}

/** Words that names have in small letters. */
const SMALL = new Set('a an and as at but by for from in into of off on or the to up vs with ·'.split(' '));

/** Names of venues and titles, and demo accounts with what is said of them. */
function isName(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => !SMALL.has(word));
  return text.includes('@') || (words.length > 1 && words.every((word) => !/^[a-z]/.test(word)));
}

/** Texts of an English page that a page in another language has word for word. */
export function leftInEnglish(english: readonly string[], translated: readonly string[]): string[] {
  const known = new Set(english);
  return translated.filter((text) => known.has(text) && ENGLISH.test(text) && !isName(text));
}
