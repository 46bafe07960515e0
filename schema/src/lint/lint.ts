import type { Finding } from '../finding.ts';
import type { LintRule, RegistryConfig } from '../registry/config.ts';
import { indexSdl, locate } from '../registry/locations.ts';
import type { Sources } from '../registry/sources.ts';
import { deprecation } from './deprecation.ts';
import { description } from './description.ts';
import { crossSubgraphNullable, entityKey } from './entities.ts';
import { boundedInput, secretInput } from './inputs.ts';
import { listSize } from './list-size.ts';
import { inputObject, resultUnion } from './mutations.ts';
import { naming } from './naming.ts';
import { relayConnection } from './relay-connection.ts';
import type { LintSubject, Rule } from './rule.ts';

const RULES: Readonly<Record<LintRule, Rule>> = {
  description,
  naming,
  'relay-connection': relayConnection,
  'list-size': listSize,
  'input-object': inputObject,
  'result-union': resultUnion,
  deprecation,
  'entity-key': entityKey,
  'cross-subgraph-nullable': crossSubgraphNullable,
  'bounded-input': boundedInput,
  'secret-input': secretInput,
};

/** Lints each subgraph's SDL, and the common types. */
export function lintFindings(sources: Sources, config: RegistryConfig['lint'], now: Date): Finding[] {
  const graph = new Map(sources.subgraphs.map(({ name, index }) => [name, index]));
  const known = { graph, owners: config.owners, keyFields: config.keyFields, now };
  const subjects: LintSubject[] = [
    { own: sources.common, index: indexSdl(sources.common), ...known },
    ...sources.subgraphs.map(({ name, own, index }) => ({ subgraph: name, own, index, ...known })),
  ];
  return subjects.flatMap((subject) => complaintsOf(subject, config));
}

function complaintsOf(subject: LintSubject, config: RegistryConfig['lint']): Finding[] {
  return Object.entries(RULES).flatMap(([name, rule]): Finding[] => {
    const level = config.rules[name as LintRule];
    if (level === 'off') return [];
    return rule(subject)
      .filter(({ coordinate }) => !isExcluded(config, name, coordinate, subject.subgraph))
      .map(({ coordinate, message, help, severity }): Finding => {
        const location = locate(subject.index, coordinate);
        return {
          class: 'lint',
          rule: `lint/${name}`,
          severity: severity ?? level,
          message,
          coordinate,
          ...(help ? { help } : {}),
          ...(subject.subgraph ? { subgraph: subject.subgraph } : {}),
          ...(location ? { location } : {}),
        };
      });
  });
}

function isExcluded(
  { exclusions }: RegistryConfig['lint'],
  rule: string,
  coordinate: string,
  subgraph: string | undefined,
): boolean {
  return exclusions.some(
    (exclusion) =>
      exclusion.rule === rule &&
      (exclusion.subgraph === undefined || exclusion.subgraph === subgraph) &&
      exclusion.coordinates.some((pattern) => matches(pattern, coordinate)),
  );
}

/** `*` matches any part of a name. */
function matches(pattern: string, coordinate: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('\\w*')}$`).test(coordinate);
}
