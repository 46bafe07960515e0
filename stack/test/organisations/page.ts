import { ORGANISATION_ROLES, ROLES_FOR } from '@marquee/identity';

import { OPERATIONS, type OperationOfWork, rolesFor } from './table.ts';

const HEAD = `# Organisations

A venue, its shows, its titles, sales, coupons and payouts belong to an organisation of [accounts](../subgraphs/accounts/README.md). A member's role there decides what they do, by \`ROLES_FOR\` of [packages/identity](../packages/identity/src/organisation-work.ts); members of other organisations do none of it ([ADR 53](adr/0053-work-is-for-an-organisation.md)). This page is held to the code by \`stack/test/organisations\`, which sends every operation as every role of the own and of another organisation.
`;
const OTHERS: Readonly<Record<string, string>> = {
  any: 'every member',
  appoint: 'to make owners and finance',
  none: 'no role in an organisation does',
};

/** docs/organisations.md: the work, the operations that are part of it, and the roles that do it. */
export function page(): string {
  const works: readonly OperationOfWork['work'][] = [
    ...(Object.keys(ROLES_FOR) as (keyof typeof ROLES_FOR)[]),
    ...(['appoint', 'any', 'none'] as const),
  ];
  const rows = works.map((work) => [
    OTHERS[work] ?? `\`${work}\``,
    ...ORGANISATION_ROLES.map((role) => (rolesFor(work).includes(role) ? 'yes' : '')),
    namesOf(work),
  ]);
  return `${HEAD}\n${tableOf([['work', ...ORGANISATION_ROLES.map((role) => `\`${role}\``), 'operations'], ...rows])}\n`;
}

function namesOf(work: OperationOfWork['work']): string {
  const operations = OPERATIONS.filter((each) => each.work === work);
  const live = work === 'SALES' ? ['`LiveSales`'] : [];
  const names = [...operations.map(({ operation, path }) => nameOf(operation, path)), ...live];
  return names.length === 0 ? 'none yet' : names.join(', ');
}

/** A query, and the part of it that needs the role. */
function nameOf(operation: string, path: string): string {
  return path.startsWith('organisation.') ? `\`${operation}\` (\`${path}\`)` : `\`${operation}\``;
}

/** A table in Markdown, as the formatter writes it. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
