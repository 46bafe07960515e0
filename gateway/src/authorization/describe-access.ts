import { type GraphQLSchema, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';

import type { AccessRules } from './access-rules.ts';
import { namesOf, type Requirement } from './requirement.ts';

/** Adds to each restricted field's description what its callers need, as introspection and the public SDL show it. */
export function describeAccess(schema: GraphQLSchema, { any, requirementsOf }: AccessRules): void {
  if (!any) return;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(isObjectType(type) || isInterfaceType(type)) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const requirements = requirementsOf(type.name, field.name);
      if (requirements.length === 0) continue;
      field.description = withNeed(field.description, neededFor(requirements));
    }
  }
}

/** In the first paragraph, because an explorer's lists show only that. */
function withNeed(description: string | null | undefined, need: string): string {
  if (!description) return need;
  const [first, ...others] = description.split('\n\n');
  return [`${first} ${need}`, ...others].join('\n\n');
}

function neededFor(requirements: readonly Requirement[]): string {
  const needs = requirements.flatMap(({ kind, anyOf }) => {
    if (kind === 'authenticated') return [];
    return [`the ${kind === 'policy' ? 'policy' : 'scope'} ${namesOf(anyOf)}`];
  });
  return needs.length === 0 ? '**Needs sign-in.**' : `**Needs sign-in** with ${needs.join(', and with ')}.`;
}
