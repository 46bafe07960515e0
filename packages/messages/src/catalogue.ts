import { IntlMessageFormat } from 'intl-messageformat';

import type { Language, Locale } from './languages.ts';
import { argumentsOf, type Kind, type ValueOf } from './values.ts';

/** The values of a message, and its parts in ICU message syntax in every language. */
export type Definition<Part extends string = string> = {
  readonly values: Readonly<Record<string, Kind>>;
} & { readonly [L in Language]: Readonly<Record<Part, string>> };

type Definitions<Part extends string> = Readonly<Record<string, Definition<Part>>>;
type Named<D extends Definitions<string>, K extends keyof D> = {
  readonly key: K;
  readonly values: { readonly [V in keyof D[K]['values']]: ValueOf<D[K]['values'][V]> };
};

/** A message with its values, before it is written in a language. It survives JSON. */
export type Message<D extends Definitions<string>> = { [K in keyof D]: Named<D, K> }[keyof D];

export interface Catalogue<Part extends string, D extends Definitions<Part>> {
  readonly definitions: D;
  /** The parts of a message in a language. @throws for a message that is not of the catalogue */
  write(message: Message<D>, locale: Locale): Record<Part, string>;
}

/** Messages by key. `problemsOf` of `@marquee/messages/problems` checks them, in a test. */
export function defineMessages<Part extends string>() {
  return <const D extends Definitions<Part>>(definitions: D): Catalogue<Part, D> => ({
    definitions,
    write: ({ key, values }, locale) => {
      if (!Object.hasOwn(definitions, key)) throw new Error(`There is no message ${String(key)}`);
      const definition: Definition<Part> = definitions[key] as Definition<Part>;
      const given = values as Readonly<Record<string, unknown>>;
      const all = Object.entries(definition.values).map(([name, kind]) => argumentsOf(name, kind, given[name], locale));
      const inputs = Object.assign({}, ...all) as Record<string, string | number>;
      const parts: Readonly<Record<Part, string>> = definition[locale.language];
      const written = Object.entries<string>(parts).map(([part, text]) => [
        part,
        String(compiled(text, locale.language).format(inputs)),
      ]);
      return Object.fromEntries(written) as Record<Part, string>;
    },
  });
}

const formats = new Map<string, IntlMessageFormat>();

/** Parsed once. There are as many as texts in all catalogues. */
function compiled(text: string, language: Language): IntlMessageFormat {
  const key = `${language}:${text}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  formats.set(key, format);
  return format;
}
