import { Kind, type UnionTypeDefinitionNode } from 'graphql';

import type { SdlIndex } from '../registry/locations.ts';
import { type Complaint, type FieldOfType, fieldsIn, hasFields, innermost, isList, type Rule } from './rule.ts';

/** A mutation takes one argument; several values go into an input object, which can be extended. */
export const inputObject: Rule = ({ own }) =>
  mutationsIn(own)
    .filter(({ field }) => (field.arguments?.length ?? 0) > 1)
    .map(({ coordinate }) => ({
      coordinate,
      message: `${coordinate} takes several arguments.`,
      help: 'Replace them by one argument "input" of an input object type.',
    }));

/** A mutation returns its payload, or a union of the payload and expected failures. */
export const resultUnion: Rule = ({ own, index }) => mutationsIn(own).flatMap((mutation) => resultOf(mutation, index));

function resultOf({ field, coordinate }: FieldOfType, index: SdlIndex): Complaint[] {
  const result = innermost(field.type).name.value;
  const name = `${field.name.value[0]?.toUpperCase()}${field.name.value.slice(1)}`;
  const node = index.get(result);
  if (isList(field.type) || (result !== `${name}Result` && result !== `${name}Payload`)) {
    return [{ coordinate, message: `${coordinate} must return ${name}Payload, or the union ${name}Result.` }];
  }
  if (node?.kind !== Kind.UNION_TYPE_DEFINITION) return [];
  const members = membersOf(node);
  const complaints: Complaint[] = members
    .filter((member) => member.endsWith('Error') && !isUserError(member, index))
    .map((member) => ({
      coordinate: member,
      message: `${member} is a failure of ${coordinate} and must implement UserError.`,
    }));
  if (!members.some((member) => member.endsWith('Payload'))) {
    complaints.push({ coordinate: result, message: `${result} has no member that ends in Payload.` });
  }
  return complaints;
}

function isUserError(type: string, index: SdlIndex): boolean {
  const node = index.get(type);
  return (
    node !== undefined && hasFields(node) && (node.interfaces ?? []).some(({ name }) => name.value === 'UserError')
  );
}

function membersOf(union: UnionTypeDefinitionNode): string[] {
  return (union.types ?? []).map(({ name }) => name.value);
}

function mutationsIn(own: Parameters<typeof fieldsIn>[0]): FieldOfType[] {
  return fieldsIn(own).filter(({ type }) => type.name.value === 'Mutation');
}
