/** Longer ones would exceed Postgres's 63 characters in the name of an index. */
const MAX_LENGTH = 40;

/** A name or an entity that cannot be taken; the message says what to do. */
export class NameError extends Error {}

/**
 * @typedef {object} Names
 * @property {string} name the folder's, such as `gift-cards`
 * @property {string[]} singular the words of the entity, such as `gift`, `card`
 * @property {string[]} plural
 */

/**
 * Reads how a new subgraph and its entity are called.
 *
 * @param {string} name the folder's, such as `gift-cards`
 * @param {string} [entity] the GraphQL type's, such as `GiftCard`; the singular of the name when not given
 * @returns {Names}
 * @throws {NameError}
 */
export function readNames(name, entity) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > MAX_LENGTH) {
    const rule = `lower-case letters, digits and single hyphens, a letter first, at most ${MAX_LENGTH} characters`;
    throw new NameError(`“${name}” cannot be a subgraph's name. Use ${rule}, such as gift-cards.`);
  }
  if (entity === undefined) {
    const plural = name.split('-');
    const singular = withLast(plural, singularOf);
    return { name, singular, plural: singular.join() === plural.join() ? withLast(singular, pluralOf) : plural };
  }
  if (!/^([A-Z][a-z0-9]*)+$/.test(entity) || entity.length > MAX_LENGTH) {
    throw new NameError(`“${entity}” cannot be a type's name. Use PascalCase, such as GiftCard.`);
  }
  const singular = entity.match(/[A-Z][a-z0-9]*/g).map((word) => word.toLowerCase());
  return { name, singular, plural: withLast(singular, pluralOf) };
}

export function pascalCase(words) {
  return words.map(capital).join('');
}

export function camelCase([first, ...others]) {
  return first + pascalCase(others);
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withLast(words, change) {
  return [...words.slice(0, -1), change(words.at(-1))];
}

function singularOf(word) {
  return word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}

function pluralOf(word) {
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}
