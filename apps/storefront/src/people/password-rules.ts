const MIN_LENGTH = 10;
const MAX_LENGTH = 200;
const MIN_WORD = 3;
const OUR_WORDS = ['marquee', 'tickets', 'cinema'];

export type PasswordRule = 'length' | 'own' | 'pattern';

/** The rules of a new password that can be checked as one types; the server also knows passwords that leaked. */
export function passwordRules(password: string, own: readonly string[]): Readonly<Record<PasswordRule, boolean>> {
  const typed = password.toLowerCase();
  const words = [...OUR_WORDS, ...own.flatMap((text) => text.toLowerCase().split(/[\s@.]+/))].filter(
    (word) => word.length >= MIN_WORD,
  );
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), typed);
  return {
    length: [...password].length >= MIN_LENGTH && password.length <= MAX_LENGTH,
    own: typed !== '' && (rest === typed || [...rest].length >= MIN_LENGTH),
    pattern: new Set(typed).size >= 5,
  };
}
