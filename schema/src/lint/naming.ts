import { type ASTNode, Kind } from 'graphql';

import { indexSdl } from '../registry/locations.ts';
import type { Complaint, Rule } from './rule.ts';

/**
 * PascalCase types, camelCase fields and arguments, SCREAMING_CASE enum values; suffixes for inputs, results and
 * errors.
 */
export const naming: Rule = ({ own }) =>
  [...indexSdl(own)].flatMap(([coordinate, node]) => complaints(coordinate, node));

function complaints(coordinate: string, node: ASTNode): Complaint[] {
  const name = 'name' in node && node.name && 'value' in node.name ? node.name.value : '';
  const found: Complaint[] = [];
  const expect = (holds: boolean, rule: string): void => {
    if (!holds)
      found.push({ coordinate, message: `${coordinate}: ${rule}.`, help: 'Rename it before it is published.' });
  };
  switch (node.kind) {
    case Kind.FIELD_DEFINITION:
    case Kind.INPUT_VALUE_DEFINITION:
      expect(/^[a-z][a-zA-Z0-9]*$/.test(name), 'fields and arguments are in camelCase');
      break;
    case Kind.ENUM_VALUE_DEFINITION:
      expect(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name), 'enum values are in SCREAMING_CASE');
      break;
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      expect(/^[A-Z][a-zA-Z0-9]*Input$/.test(name), 'input types are in PascalCase and end in Input');
      break;
    default:
      if (coordinate.startsWith('@')) break;
      expect(/^[A-Z][a-zA-Z0-9]*$/.test(name), 'types are in PascalCase');
      expect(!name.endsWith('Input'), 'only input types end in Input');
  }
  return found;
}
