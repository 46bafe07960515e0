import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { MAIL_PAGES } from '../../subgraphs/accounts/src/domain/mail-content.ts';
import { noticeMessages } from '../../subgraphs/notifications/src/domain/messages/index.ts';
import { type NoticeSubject, pageOf, SUBJECT_TYPES } from '../../subgraphs/notifications/src/domain/notice-subject.ts';

const APPLICATIONS = new URL('../../apps/', import.meta.url);
const SITES = { storefrontUrl: 'https://shop.example', backofficeUrl: 'https://shop.example/backoffice' };
const KEYS = Object.keys(noticeMessages.definitions) as (keyof typeof noticeMessages.definitions)[];

/** The paths of an application's pages, as patterns of addresses below its own. */
function pagesOf(application: string, address: string): RegExp[] {
  const sources = new URL(`${application}/src/`, APPLICATIONS);
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('routes.ts'),
  );
  const paths = files.flatMap(
    (name) => readFileSync(new URL(name, sources), 'utf8').match(/(?<=path: ')\/[^']*/g) ?? [],
  );
  return paths.map((path) => new RegExp(`^${address}${path.replace(/:\w+/g, '[^/]+')}$`));
}

const pages = [...pagesOf('backoffice', SITES.backofficeUrl), ...pagesOf('storefront', SITES.storefrontUrl)];
const isThere = (url: string | undefined): boolean => pages.some((page) => page.test(url ?? ''));

test('every page that a notice leads to is one of the applications', () => {
  const subjects: (NoticeSubject | null)[] = [null, ...SUBJECT_TYPES.map((type) => ({ type, id: 'thing_1' }))];
  const urls = KEYS.flatMap((key) =>
    subjects.map((about) => pageOf({ about, bookingId: null, message: { key } }, SITES)),
  );
  expect(new Set(urls.filter((url) => !isThere(url)))).toEqual(new Set());
});

test('every page that a mail about the account leads to is one of the storefront', () => {
  const urls = Object.values(MAIL_PAGES).map((page) => `${SITES.storefrontUrl}/${page}`);
  expect(urls.filter((url) => !isThere(url))).toEqual([]);
});

test('control: a page that no application has is missed', () => {
  expect(isThere(`${SITES.storefrontUrl}/reviews/rev_1`)).toBe(false);
});
