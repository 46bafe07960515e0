import type { ASTNode } from 'graphql';

import type { Composition, CompositionMessage } from '../composition.ts';
import type { Finding } from '../finding.ts';
import { excerptOf, locationOf } from '../registry/locations.ts';
import type { SubgraphSource } from '../registry/sources.ts';

/** A query composes that only some of the subgraphs can satisfy, and whichever is asked decides. */
const UNPREDICTABLE = 'INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN';

/** Help for composition errors, by code. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  INVALID_GRAPHQL: 'Mend the SDL: each name it uses is defined in the subgraph or in packages/subgraph/common.graphql.',
  INVALID_FIELD_SHARING:
    'Keep the field in one subgraph; or mark it @shareable in each; or move it with @override(from: …).',
  FIELD_TYPE_MISMATCH: 'Give the field the same type in every subgraph that defines it.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Give the argument the same type in every subgraph that defines it.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: 'Make the argument optional, or define it in every subgraph.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: 'Make the input field optional, or define it in every subgraph.',
  TYPE_KIND_MISMATCH: 'Rename one of the types: a name is of one kind in all subgraphs.',
  ENUM_VALUE_MISMATCH: 'List the same values in every subgraph that takes and gives the enum.',
  KEY_INVALID_FIELDS: 'A @key names fields that the type has in this subgraph.',
  REQUIRES_INVALID_FIELDS: 'A @requires names fields of the type, marked @external here.',
  PROVIDES_INVALID_FIELDS: 'A @provides names fields of the returned type, marked @external here.',
  EXTERNAL_UNUSED: 'Remove the @external field, or use it in a @key, @requires or @provides.',
  EXTERNAL_MISSING_ON_BASE: 'Some other subgraph has to define the field; or remove it here.',
  INTERFACE_FIELD_NO_IMPLEM: 'Give every type that implements the interface the field, in some subgraph.',
  SATISFIABILITY_ERROR: 'Give the entity a @key by which the gateway can get from one subgraph to the other.',
  OVERRIDE_SOURCE_HAS_OVERRIDE: 'Only one subgraph may take a field over: remove one of the two @override.',
  OVERRIDE_FROM_SELF_ERROR: 'Name the subgraph that had the field before, not the one that takes it over.',
  CIRCULAR_REQUIREMENT: 'Follow each @requires and @key, and break the circle.',
  [UNPREDICTABLE]: 'Let each subgraph that resolves the field define the same members.',
  REFERENCED_INACCESSIBLE: 'Mark what refers to it @inaccessible as well, or make it accessible.',
  UNKNOWN_LINK_VERSION: 'Link the version of the federation spec that packages/subgraph/common.graphql links.',
};

/**
 * Composition errors and hints as findings with locations.
 *
 * @param subgraphs - the likeliest cause first, which is named when several are involved
 */
export function compositionFindings({ errors, hints }: Composition, subgraphs: readonly SubgraphSource[]): Finding[] {
  return [
    ...errors.map((error) => finding('error', error, subgraphs)),
    ...hints.map((hint) => finding(hint.code === UNPREDICTABLE ? 'warning' : 'note', hint, subgraphs)),
  ];
}

function finding(
  severity: Finding['severity'],
  { code, message, nodes }: CompositionMessage,
  subgraphs: readonly SubgraphSource[],
): Finding {
  const place = placeOf(nodes, subgraphs) ?? placeNamed(message, subgraphs);
  return {
    class: 'composition',
    rule: `composition/${code.toLowerCase().replaceAll('_', '-')}`,
    severity,
    message: message.trim(),
    ...(severity !== 'note'
      ? { help: WAYS_OUT[code] ?? `Federation's documentation explains ${code} under its error codes.` }
      : {}),
    ...place,
  };
}

type Place = Pick<Finding, 'subgraph' | 'location' | 'coordinate' | 'excerpt'>;

function placeOf(nodes: readonly ASTNode[], subgraphs: readonly SubgraphSource[]): Place | undefined {
  for (const { name, file } of subgraphs) {
    const node = nodes.find((each) => locationOf(each)?.file === file);
    if (node) return { subgraph: name, ...excerptOf(node) };
  }
  return excerptOf(nodes.find(locationOf));
}

/** The subgraph and coordinate in the message's text, for messages without a node. */
export function placeNamed(message: string, subgraphs: readonly SubgraphSource[]): Place | undefined {
  const named = subgraphs.filter(
    ({ name }) => message.startsWith(`[${name}]`) || new RegExp(`subgraphs? "?${name}"|"${name}"`).test(message),
  );
  const coordinates = [...message.matchAll(/"?\b([A-Z_]\w*\.\w+|[A-Z]\w+)\b/g)].map(
    ([, coordinate = '']) => coordinate,
  );
  for (const subgraph of named.length > 0 ? named : subgraphs) {
    const coordinate = coordinates.find((candidate) => subgraph.index.has(candidate));
    const place = coordinate === undefined ? undefined : excerptOf(subgraph.index.get(coordinate));
    if (coordinate !== undefined && place) return { subgraph: subgraph.name, coordinate, ...place };
  }
  const [first] = named;
  return first && { subgraph: first.name, location: { file: first.file, line: 1, column: 1 } };
}
