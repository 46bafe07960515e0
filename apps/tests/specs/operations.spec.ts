import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';

import { expect, test } from '../harness/fixtures.ts';

/** Operations of the contract that no page sends, and why. */
const UNUSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  storefront: {
    CreateBooking: 'it does not say why a coupon was left out, so the checkout sends BookHold',
    HelpArticles: 'it asks without a language, so pages send HelpContents with their own',
    SearchSuggestions: 'it asks for texts alone, so the box sends Suggestions and opens what they name',
    RefreshSession: 'the session of the kit sends its text, because it needs no cache',
  },
  backoffice: {
    Coupons:
      'it asks for the coupons of all organisations, so pages send OrganisationCoupons with the one that is chosen',
    MyCampaigns:
      'it asks for the campaigns of all organisations, so pages send OrganisationCampaigns with the one that is chosen',
    AddInternalNote: 'a repeat of it adds another note, so the desk sends WriteInternalNote with an idempotency key',
    MyVenues: 'it asks for the venues of all organisations, so pages send WorkVenues with the one that is chosen',
  },
};

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

for (const client of ['storefront', 'backoffice']) {
  test(`every registered operation of the ${client} is used by a page, or named with a reason`, () => {
    const source = sourcesOf(client);
    const unused = operationsOf(client).filter((name) => !new RegExp(`\\b${name}Document\\b`).test(source));
    expect(unused.toSorted()).toEqual(Object.keys(UNUSED[client] ?? {}).toSorted());
  });
}

function operationsOf(client: string): string[] {
  const folder = join(ROOT, 'schema/clients', client);
  return readdirSync(folder).flatMap((file) =>
    parse(readFileSync(join(folder, file), 'utf8')).definitions.flatMap((definition) =>
      definition.kind === 'OperationDefinition' && definition.name ? [definition.name.value] : [],
    ),
  );
}

/** Everything that is written by hand in an application. */
function sourcesOf(app: string): string {
  const folder = join(ROOT, 'apps', app, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(^generated\/|\.test\.ts$)/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}
