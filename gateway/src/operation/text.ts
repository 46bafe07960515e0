import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/** Maximum length of a client's string, in UTF-16 code units. */
const MAX_LENGTH = 10_000;
/** NUL and lone surrogates: databases and JSON parsers reject them. */
const IMPOSSIBLE = /[\0\p{Cs}]/u;

/** A text that no argument takes. */
export interface TextProblem {
  readonly message: string;
  /** The path from the variable, such as `input.seatIds.0`. */
  readonly field: string;
}

/** Texts in a document are storable and of limited length. */
export function textRule(context: ValidationContext): ASTVisitor {
  return {
    StringValue: (node) => {
      const message = problemOf(node.value);
      if (message === undefined) return;
      context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }));
    },
  };
}

/** The first text in variables that {@link textRule} would refuse. Not recursive, because JSON may be deep. */
export function textProblemIn(variables: Readonly<Record<string, unknown>>): TextProblem | undefined {
  const rest: { readonly value: unknown; readonly field: string }[] = [];
  const push = (container: object, prefix: string): void => {
    for (const [name, value] of Object.entries(container)) rest.push({ value, field: `${prefix}${name}` });
  };
  push(variables, '');
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { value, field } = next;
    const message = typeof value === 'string' ? problemOf(value) : undefined;
    if (message !== undefined) return { message, field };
    if (typeof value === 'object' && value !== null) push(value, `${field}.`);
  }
  return undefined;
}

function problemOf(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `Enter at most ${MAX_LENGTH} characters.`;
  return IMPOSSIBLE.test(text) ? 'Remove the characters that cannot be displayed.' : undefined;
}
