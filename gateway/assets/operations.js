// The operation that a text runs. GraphiQL knows it only half a second after a change of text or tab, too late for Execute.

const UNREADABLE = /"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g;
const FRAGMENT = /\bfragment\s+\w+\s+on\s+\w+/g;
const OPERATION = /\b(query|mutation|subscription)\b\s*([_A-Za-z]\w*)?/g;

/** @param {string} text */
function operationsIn(text) {
  const outside = withoutNested(text.replaceAll(UNREADABLE, ' ')).replaceAll(FRAGMENT, ' ');
  const found = [...outside.matchAll(OPERATION)].map(([, kind, name]) => ({ kind, name }));
  return found.length > 0 ? found : [{ kind: 'query' }];
}

/** What stands in no brackets. @param {string} text */
function withoutNested(text) {
  let depth = 0;
  let outside = '';
  for (const char of text) {
    if ('{(['.includes(char)) depth += 1;
    outside += depth === 0 ? char : ' ';
    if ('})]'.includes(char)) depth -= 1;
  }
  return outside;
}

/**
 * The operation to run: the one chosen, where the text has it, or else the only one. Of several without a choice the name
 * stays open, and the server asks for it.
 *
 * @param {string} text
 * @param {string | null | undefined} chosen
 * @returns {{ kind: string, name?: string | undefined }}
 */
export function operationIn(text, chosen) {
  const operations = operationsIn(text);
  const named = operations.find(({ name }) => name !== undefined && name === chosen);
  if (named) return named;
  return operations.length === 1 ? operations[0] : { kind: 'query' };
}
