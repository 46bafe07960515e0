import { type DocumentNode, type InputValueDefinitionNode, print } from 'graphql';

import { type Complaint, fieldsIn, innermost, type Rule, typesWithFields, type TypeWithFields } from './rule.ts';

/** Paginated lists are Relay connections: edges with cursor and node, and a PageInfo. */
export const relayConnection: Rule = ({ own }) => [
  ...typesWithFields(own).flatMap((type) => {
    if (/.Connection$/.test(type.name.value)) return connection(type);
    return /.Edge$/.test(type.name.value) ? edge(type) : [];
  }),
  ...pagedFields(own),
];

function connection(type: TypeWithFields): Complaint[] {
  const name = type.name.value;
  return [
    ...expectField(type, 'edges', [`[${name.replace(/Connection$/, 'Edge')}!]!`]),
    ...expectField(type, 'pageInfo', ['PageInfo!']),
  ];
}

function edge(type: TypeWithFields): Complaint[] {
  const node = type.fields?.find(({ name }) => name.value === 'node');
  const missing = { coordinate: type.name.value, message: `${type.name.value} has no field node.` };
  return [...expectField(type, 'cursor', ['String!']), ...(node ? [] : [missing])];
}

function expectField(type: TypeWithFields, name: string, types: readonly string[]): Complaint[] {
  const field = type.fields?.find((each) => each.name.value === name);
  if (field && types.includes(print(field.type))) return [];
  return [
    {
      coordinate: field ? `${type.name.value}.${name}` : type.name.value,
      message: `${type.name.value} needs the field ${name}: ${types.join(' or ')}.`,
    },
  ];
}

function pagedFields(own: DocumentNode): Complaint[] {
  return fieldsIn(own).flatMap(({ field, coordinate }) => {
    if (!/.Connection$/.test(innermost(field.type).name.value)) return [];
    return (['first', 'after'] as const).flatMap((name) => {
      const argument = field.arguments?.find((each) => each.name.value === name);
      const wanted = name === 'first' ? 'Int' : 'String';
      if (argument && typeName(argument) === wanted) return [];
      return [{ coordinate, message: `${coordinate} returns a connection and needs the argument ${name}: ${wanted}.` }];
    });
  });
}

function typeName(argument: InputValueDefinitionNode): string {
  return innermost(argument.type).name.value;
}
