import { type DocumentNode, visit } from 'graphql';

/**
 * The deepest nesting of lists and objects in a document's literals. The query planner's time doubles with each level
 * where a custom scalar takes them.
 */
export function literalDepth(document: DocumentNode): number {
  let depth = 0;
  let deepest = 0;
  const nested = {
    enter: () => {
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    leave: () => {
      depth -= 1;
    },
  };
  visit(document, { ListValue: nested, ObjectValue: nested });
  return deepest;
}
