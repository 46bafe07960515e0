import { type ASTNode, Kind } from 'graphql';

import { indexSdl } from '../registry/locations.ts';
import { isRoot, type Rule } from './rule.ts';

/** Every type, field, argument, input field and enum value has a description. */
export const description: Rule = ({ own }) =>
  [...indexSdl(own)]
    .filter(([coordinate, node]) => !coordinate.startsWith('@') && !isDescribed(node) && !isSilent(coordinate, node))
    .map(([coordinate]) => ({
      coordinate,
      message: `${coordinate} has no description.`,
      help: 'Describe it for clients in a string before it.',
    }));

function isDescribed(node: ASTNode): boolean {
  return 'description' in node && (node.description?.value.trim() ?? '') !== '';
}

/** Root types and extensions add to what is described elsewhere. */
function isSilent(coordinate: string, node: ASTNode): boolean {
  return isRoot(coordinate) || (node.kind !== Kind.FIELD_DEFINITION && node.kind.endsWith('Extension'));
}
