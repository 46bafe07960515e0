import { expectAccessible, expectContrast } from '../harness/accessible.ts';
import { type App, pathsOf } from '../harness/app-routes.ts';
import type { Examples } from '../harness/examples.ts';
import { expect, test } from '../harness/fixtures.ts';
import type { DemoAccount } from '../harness/people.ts';
import { chooseColours, chooseLanguage, LANGUAGES, leftInEnglish, textsOf, visit } from '../harness/visit.ts';

/** Who looks at pages of the back office; an administrator at all others. */
const VIEWERS: readonly (readonly [RegExp, DemoAccount])[] = [
  [/^\/(venues|titles|schedule|sales|door|bookings|payouts|reviews)\b/, 'partner'],
  [/^\/campaigns\b/, 'advertiser'],
  [/^\/(desk|help-articles)\b/, 'agent'],
];

/** Pages for those who are not signed in. */
const FOR_ANYBODY = new Set(['/sign-in', '/register', '/reset-password', '/verify-email']);

/** Addresses of pages whose path has parameters. */
const ADDRESSES: Readonly<Record<App, Readonly<Record<string, (examples: Examples) => string>>>> = {
  storefront: {
    '/cities/:id': ({ show }) => `/cities/${show.city.id}`,
    '/titles/:id': ({ show }) => `/titles/${show.title.id}`,
    '/venues/:id': ({ venueId }) => `/venues/${venueId}`,
    '/help/:id': ({ helpArticleId }) => `/help/${helpArticleId}`,
    '/support/:id': ({ supportTicketId }) => `/support/${supportTicketId}`,
    '/shows/:id': ({ show }) => `/shows/${show.show.id}`,
    '/bookings/:id': ({ bookingId }) => `/bookings/${bookingId}`,
    '/bookings/:id/cancel': ({ bookingId }) => `/bookings/${bookingId}/cancel`,
    '/bookings/:id/move': ({ bookingId }) => `/bookings/${bookingId}/move`,
    '/checkout/:holdId': ({ holdId }) => `/checkout/${holdId}`,
    '/pay/:bookingId': ({ unpaidBookingId }) => `/pay/${unpaidBookingId}`,
    '/pay/:bookingId/return': ({ unpaidBookingId }) => `/pay/${unpaidBookingId}/return`,
    '/pay/:bookingId/done': ({ bookingId }) => `/pay/${bookingId}/done`,
    '/tickets/:id': () => '/tickets/of-a-mail',
    '/transfers/:id': () => '/transfers/of-a-mail',
    '/refunds/:id': () => '/refunds/of-a-mail',
    '/reviews/:id': () => '/reviews/of-a-mail',
    '/organisations/:id': () => '/organisations/of-a-mail',
  },
  backoffice: {
    '/venues/:id': ({ own }) => `/venues/${own.venueId}`,
    '/titles/:id': ({ own }) => `/titles/${own.titleId}`,
    '/door/:showId': ({ own }) => `/door/${own.showId}`,
    '/door/:showId/people': ({ own }) => `/door/${own.showId}/people`,
    '/coupons/:couponId': ({ couponId }) => `/coupons/${couponId}`,
    '/users/:userId': () => '/users/usr_seed_customer',
    '/campaigns/:campaignId': ({ campaignId }) => `/campaigns/${campaignId}`,
    '/desk/:ticketId': ({ supportTicketId }) => `/desk/${supportTicketId}`,
    '/help-articles/:articleId': ({ helpArticleId }) => `/help-articles/${helpArticleId}`,
    '/bookings/:id': ({ ownBookingId }) => `/bookings/${ownBookingId}`,
    '/bookings/shows/:showId/seats': ({ own }) => `/bookings/shows/${own.showId}/seats`,
    '/organisations/:organisationId': ({ organisationId }) => `/organisations/${organisationId}`,
    '/schedule/shows/:id': ({ own }) => `/schedule/shows/${own.showId}`,
  },
};

for (const app of ['storefront', 'backoffice'] as const) {
  const base = app === 'storefront' ? '' : '/backoffice';
  const paths = await pathsOf(app);
  test.describe(app, () => {
    for (const path of paths) {
      test(path === '/*' ? 'an address that there is not' : path, async ({ examples, anonymous, signedIn }) => {
        test.slow();
        const address = base + addressOf(app, path, examples);
        const viewer = app === 'storefront' ? examples.person : viewerOf(path);
        const page = FOR_ANYBODY.has(path) ? await anonymous() : (await signedIn(viewer)).page;
        await page.emulateMedia({ reducedMotion: 'reduce' });
        let english: string[] = [];
        for (const language of LANGUAGES) {
          await chooseLanguage(page, language);
          await chooseColours(page, 'light');
          await visit(page, address);
          await expect.soft(page.locator('main#main h1'), `${language}: one heading`).toHaveCount(1);
          await expect.soft(page, `${language}: a title`).toHaveTitle(/\S.* · Marquee/);
          await expect.soft(page.locator('html'), 'the language is said').toHaveAttribute('lang', language);
          const texts = await textsOf(page);
          if (language === 'en') english = texts;
          else expect.soft(leftInEnglish(english, texts), `${language}: left in English`).toEqual([]);
          await expectAccessible(page, `${language}, light`);
          await chooseColours(page, 'dark');
          await expectContrast(page, `${language}, dark`);
        }
      });
    }
  });
}

function viewerOf(path: string): DemoAccount {
  return VIEWERS.find(([paths]) => paths.test(path))?.[1] ?? 'admin';
}

function addressOf(app: App, path: string, examples: Examples): string {
  if (path === '/*') return '/nothing-is-here';
  const given = ADDRESSES[app][path];
  if (given) return given(examples);
  if (path.includes(':')) throw new Error(`Name an address of ${path} in ADDRESSES.`);
  return path;
}
