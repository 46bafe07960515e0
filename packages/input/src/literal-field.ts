import { type ASTNode, type DocumentNode, Kind, visit } from 'graphql';

/** The argument or input field to which a node in a document belongs, such as `input.seatIds.0`. */
export function literalField(document: DocumentNode, node: ASTNode): string | undefined {
  let field: string | undefined;
  visit(document, {
    enter: (visited, _key, parent, path, ancestors) => {
      if (visited !== node) return;
      const reached = [...ancestors, parent ?? [], visited];
      const steps = path.flatMap((step, index) => {
        const name = inputName(reached[index + 1] ?? visited);
        return name ?? (path[index - 1] === 'values' ? [String(step)] : []);
      });
      if (steps.length > 0) field = steps.join('.');
    },
  });
  return field;
}

function inputName(node: ASTNode | readonly ASTNode[]): string | undefined {
  if (!('kind' in node)) return undefined;
  if (node.kind === Kind.VARIABLE_DEFINITION) return node.variable.name.value;
  return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? node.name.value : undefined;
}
