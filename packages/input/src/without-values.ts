/** The messages in which graphql-js quotes what a client sent, and what is left of them. */
const QUOTES: readonly (readonly [RegExp, string])[] = [
  [/^(Expected value of type "[^"]+"), found [^]*$/, '$1.'],
  [/^((?:Int|Float|String|Boolean|ID|Enum "\w+") cannot represent (?:[\w -]+ )?value): [^]*$/, '$1.'],
  [/^Value "[^]*" does not exist in ("\w+" enum\.)/, 'The value does not exist in $1'],
  [/^(Argument "\w+" has invalid value) [^]*$/, '$1.'],
  [/^(Syntax Error: [^]*?\b(?:(?:Block)?String|Int|Float)) "[^]*"/, '$1'],
];

/** An error's message without the value that it quotes, which may be a password. */
export function withoutValues(message: string): string {
  for (const [quote, rest] of QUOTES) {
    if (quote.test(message)) return message.replace(quote, rest);
  }
  return message;
}
