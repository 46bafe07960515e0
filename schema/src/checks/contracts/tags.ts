import { type ConstDirectiveNode, type DocumentNode, visit } from 'graphql';

import type { Finding } from '../../finding.ts';
import { locationOf } from '../../registry/locations.ts';
import type { Sources } from '../../registry/sources.ts';
import { stringArgument } from '../directives.ts';

/** Finds tags that are not configured: a contract variant would show what a misspelt one should hide. */
export function unknownTags({ common, subgraphs }: Sources, known: readonly string[]): Finding[] {
  return [{ own: common }, ...subgraphs].flatMap((source) =>
    tagsIn(source.own).flatMap((tag): Finding[] => {
      const name = stringArgument(tag, 'name') ?? '';
      if (known.includes(name)) return [];
      const location = locationOf(tag);
      return [
        {
          class: 'contract',
          rule: 'contract/unknown-tag',
          severity: 'error',
          message: `@tag(name: "${name}") is none of the tags ${known.join(', ')}, so no contract variant hides it.`,
          help: 'Correct it, or add it to tags in schema/registry.config.yml.',
          ...('name' in source ? { subgraph: source.name } : {}),
          ...(location ? { location } : {}),
        },
      ];
    }),
  );
}

function tagsIn(document: DocumentNode): ConstDirectiveNode[] {
  const tags: ConstDirectiveNode[] = [];
  visit(document, {
    Directive: (node) => {
      // The arguments of SDL directives are constants.
      if (node.name.value === 'tag') tags.push(node as ConstDirectiveNode);
    },
  });
  return tags;
}
