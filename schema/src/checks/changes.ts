import { type Change, CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type TypeDefinitionNode,
} from 'graphql';

import { limitChanges } from './input-limits.ts';

export type ChangeLevel = 'breaking' | 'dangerous' | 'safe';

/** A difference between the published and the current schema. */
export interface SchemaChange {
  readonly level: ChangeLevel;
  /** graphql-inspector's name of the kind of change, such as `FIELD_REMOVED`. */
  readonly type: string;
  readonly coordinate: string;
  readonly message: string;
  readonly meta: Readonly<Record<string, unknown>>;
}

const LEVELS: Readonly<Record<CriticalityLevel, ChangeLevel>> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

/** The differences between two schemas, except in descriptions. */
export async function changesBetween(before: GraphQLSchema, after: GraphQLSchema): Promise<SchemaChange[]> {
  const changes = await diff(before, after, [DiffRule.ignoreDescriptionChanges, DiffRule.simplifyChanges]);
  return [...changes.filter((change) => !isOfLimits(change)).map(changeOf), ...limitChanges(before, after)];
}

/** Whether it is about a directive that limits inputs. The library does not read their values. */
function isOfLimits({ type, meta }: Change): boolean {
  if (!String(type).startsWith('DIRECTIVE_USAGE_')) return false;
  const { directiveName, addedDirectiveName, removedDirectiveName } = meta as Record<string, unknown>;
  return ['constraint', 'secret'].includes(String(directiveName ?? addedDirectiveName ?? removedDirectiveName));
}

/** A subgraph's SDL as a graphql-js schema: unknown directives are kept, extensions become types. */
export function subgraphSchema(document: DocumentNode): GraphQLSchema {
  const defined = new Set(document.definitions.flatMap((node) => (isTypeDefinition(node) ? [node.name.value] : [])));
  const definitions = document.definitions.map((node): DefinitionNode => {
    if (!node.kind.endsWith('TypeExtension') || !('name' in node) || !node.name) return node;
    if (defined.has(node.name.value)) return node;
    defined.add(node.name.value);
    return { ...node, kind: node.kind.replace('Extension', 'Definition') } as TypeDefinitionNode;
  });
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true });
}

function changeOf({ criticality, type, path, message, meta }: Change): SchemaChange {
  return {
    level: LEVELS[criticality.level],
    type: String(type),
    coordinate: coordinateOf(path ?? 'schema', String(type)),
    message: oneLine(message.endsWith('.') ? message : `${message}.`),
    meta: meta as Readonly<Record<string, unknown>>,
  };
}

/**
 * Flattens a message to one line: reasons and default values could otherwise inject lines into logs and the changelog.
 */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) =>
    control === '\n' ? String.raw`\n` : String.raw`\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** From graphql-inspector's `Type.field.argument` to the coordinate `Type.field(argument:)`. */
function coordinateOf(path: string, type: string): string {
  if (path.startsWith('@')) return path.replace(/\..*$/, '');
  const parts = path.split('.');
  // The last part is a directive of the element, with or without its @.
  if (type.startsWith('DIRECTIVE_USAGE_') || parts.at(-1)?.startsWith('@')) parts.pop();
  const [typeName = 'schema', field, argument] = parts;
  if (field === undefined) return typeName;
  return argument === undefined ? `${typeName}.${field}` : `${typeName}.${field}(${argument}:)`;
}

function isTypeDefinition(node: DefinitionNode): node is TypeDefinitionNode {
  return node.kind.endsWith('TypeDefinition');
}
