import { type GraphQLSchema, NoDeprecatedCustomRule, validate } from 'graphql';

import type { Finding } from '../finding.ts';
import { approvalHint } from '../registry/approvals.ts';
import { locationOf } from '../registry/locations.ts';
import type { RegisteredOperation } from '../registry/operations.ts';
import { persisted } from '../registry/operations-manifest.ts';
import type { PublishedOperation } from '../registry/registration.ts';
import { isOver, retirementHint, type Retirement, retirementOf } from '../registry/retirements.ts';

/** Published versions of operations that the documents of their clients lack. */
export function formerOperations(
  published: readonly PublishedOperation[],
  registered: readonly RegisteredOperation[],
): PublishedOperation[] {
  const current = new Set(registered.map((operation) => `${operation.client} ${persisted(operation).id}`));
  return published.filter(({ client, id }) => !current.has(`${client} ${id}`));
}

/** Tells which operations were edited or removed since the last publication: their published version lives on. */
export function changedOperations(
  former: readonly PublishedOperation[],
  registered: readonly RegisteredOperation[],
  retirements: readonly Retirement[],
): Finding[] {
  return former
    .filter(({ removed }) => removed === undefined)
    .map((operation): Finding => {
      const { client, name } = operation;
      const current = registered.find((each) => each.client === client && each.name === name);
      const retirement = retirementOf(retirements, operation);
      const location = current && locationOf(current.definition);
      const until = retirement ? `until ${retirement.lastDay}` : 'until it is retired';
      return {
        class: 'drift',
        rule: current ? 'drift/operation-edited' : 'drift/operation-removed',
        severity: current || retirement ? 'note' : 'warning',
        message: `${name} of ${client} was ${current ? 'edited' : 'removed'}. Its published version counts ${until}.`,
        coordinate: `${client}.${name}`,
        ...(retirement ? {} : { help: `Once no client sends it, ${retirementHint(operation)}` }),
        ...(location ? { location } : {}),
      };
    });
}

/** Tells which former operations need not be retired. */
export function unsentOperations(unsent: readonly PublishedOperation[], days: number): Finding[] {
  return unsent.map(({ client, name, registered }) => ({
    class: 'drift',
    rule: 'drift/operation-unsent',
    severity: 'note',
    message: `The version of ${name} that ${client} registered on ${registered} no longer counts: nobody sent it within ${days} days.`,
    coordinate: `${client}.${name}`,
  }));
}

/** Finds former operations that the change makes invalid: clients that are out there get errors. */
export function brokenOperations(
  before: GraphQLSchema,
  after: GraphQLSchema,
  living: readonly PublishedOperation[],
  excludedClients: readonly string[],
): Finding[] {
  return living.flatMap((operation): Finding[] => {
    const { client, name, document, registered } = operation;
    const [error] = validate(after, document);
    if (!error || validate(before, document).length > 0) return [];
    const finding = { class: 'breaking', rule: 'breaking/operation-invalid', coordinate: `${client}.${name}` } as const;
    return [
      {
        ...finding,
        severity: excludedClients.includes(client) ? 'warning' : 'error',
        message: `The version of ${name} that ${client} registered on ${registered} is no longer valid: ${error.message}`,
        help: `Keep the schema until it is retired; or ${retirementHint(operation)}; or ${approvalHint(finding)}`,
        uses: [{ client, operation: name, former: true }],
      },
    ];
  });
}

/** Warns of deprecated elements in operations that are not published yet. */
export function deprecatedUses(
  api: GraphQLSchema,
  registered: readonly RegisteredOperation[],
  published: readonly PublishedOperation[],
): Finding[] {
  const known = new Set(published.map(({ client, id }) => `${client} ${id}`));
  const added = registered.filter((operation) => !known.has(`${operation.client} ${persisted(operation).id}`));
  return added.flatMap(({ client, name, document, definition }) =>
    validate(api, document, [NoDeprecatedCustomRule]).map((error): Finding => {
      const location = locationOf(error.nodes?.[0]) ?? locationOf(definition);
      return {
        class: 'drift',
        rule: 'drift/deprecated-use',
        severity: 'warning',
        message: `${name} of ${client} is new and uses what is deprecated: ${error.message}`,
        help: 'Use what the reason names instead.',
        ...(location ? { location } : {}),
      };
    }),
  );
}

/** Former operations that are not retired yet. */
export function livingOperations(
  former: readonly PublishedOperation[],
  retirements: readonly Retirement[],
  now: Date,
): PublishedOperation[] {
  return former.filter((operation) => {
    const retirement = retirementOf(retirements, operation);
    return !retirement || !isOver(retirement, now);
  });
}
