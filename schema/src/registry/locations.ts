import {
  type ASTNode,
  type DocumentNode,
  getLocation,
  Kind,
  type Location as Loc,
  printSourceLocation,
  type Source,
  type SourceLocation,
} from 'graphql';

import type { Finding, Location } from '../finding.ts';

/** The location of a node's name in its file; a description may precede it. */
export function locationOf(node: ASTNode | undefined): Location | undefined {
  const loc = nameOf(node);
  return loc && { file: loc.source.name, ...getLocation(loc.source, loc.start) };
}

/** The location of a node's name, with the lines around it. */
export function excerptOf(node: ASTNode | undefined): Pick<Finding, 'location' | 'excerpt'> | undefined {
  const location = locationOf(node);
  const loc = nameOf(node);
  return loc && location && { location, excerpt: excerpt(loc.source, location) };
}

function nameOf(node: ASTNode | undefined): Loc | undefined {
  return node && 'name' in node && node.name && 'loc' in node.name ? node.name.loc : node?.loc;
}

/** The line of a place in a file and its neighbours, with a mark below it. */
export function excerpt(source: Source, place: SourceLocation): string {
  const [, ...lines] = printSourceLocation(source, place).split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** The elements of an SDL by schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`. */
export type SdlIndex = ReadonlyMap<string, ASTNode>;

/** Definitions come before extensions of the same type. */
export function indexSdl(document: DocumentNode): SdlIndex {
  const index = new Map<string, ASTNode>();
  const add = (coordinate: string, node: ASTNode): void => {
    if (!index.has(coordinate)) index.set(coordinate, node);
  };
  const extended = document.definitions.toSorted((a, b) => Number(isExtension(a)) - Number(isExtension(b)));
  for (const definition of extended) {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) add(`@${definition.name.value}`, definition);
    if (!('name' in definition) || !definition.name || !isTypeNode(definition)) continue;
    const type = definition.name.value;
    add(type, definition);
    if ('values' in definition) for (const value of definition.values ?? []) add(`${type}.${value.name.value}`, value);
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) {
      add(`${type}.${field.name.value}`, field);
      if (!('arguments' in field)) continue;
      for (const argument of field.arguments ?? []) {
        add(`${type}.${field.name.value}(${argument.name.value}:)`, argument);
      }
    }
  }
  return index;
}

/** The location of a coordinate, or of its parent when it is gone. */
export function locate(index: SdlIndex, coordinate: string): Location | undefined {
  for (const candidate of [coordinate, coordinate.replace(/\(.*$/, ''), coordinate.replace(/\..*$/, '')]) {
    const found = locationOf(index.get(candidate));
    if (found) return found;
  }
  return undefined;
}

function isExtension({ kind }: ASTNode): boolean {
  return kind.endsWith('Extension');
}

function isTypeNode({ kind }: ASTNode): boolean {
  return kind.endsWith('TypeDefinition') || kind.endsWith('TypeExtension');
}
