import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

import type { Definition } from './catalogue.ts';
import { type Language, LANGUAGES } from './languages.ts';
import { argumentNames } from './values.ts';

/** Letters of a language that English does not have; others are told apart from English by their texts. */
const SCRIPTS: Partial<Record<Language, RegExp>> = { hi: /\p{Script=Devanagari}/u };

/**
 * The mistakes in a catalogue: a language, part, value or plural form that is missing, a value or code that nothing
 * declares, a text that was not translated.
 */
export function problemsOf(definitions: Readonly<Record<string, Definition>>): string[] {
  return Object.entries(definitions).flatMap(([key, definition]) =>
    LANGUAGES.flatMap((language) =>
      problemsIn(definition, language).map((problem) => `${key}, ${language}: ${problem}`),
    ),
  );
}

function problemsIn(definition: Definition, language: Language): string[] {
  const texts: Readonly<Record<string, string>> | undefined = definition[language];
  if (!texts) return ['there is no text'];
  const used = new Set<string>();
  const problems = Object.keys(definition.en).flatMap((part) => {
    const text = texts[part];
    if (!text) return [`there is no ${part}`];
    try {
      const elements = parse(text, { ignoreTag: true });
      return [...elements.flatMap((element) => check(element, definition, language, used)), ...untranslated()];
    } catch (error) {
      return [`${part} cannot be parsed: ${(error as Error).message}`];
    }
    function untranslated(): string[] {
      const words = text?.replaceAll(/\{\w+\}/g, '') ?? '';
      if (language === 'en' || !/\p{Letter}/u.test(words)) return [];
      const isOwn = SCRIPTS[language]?.test(words) ?? text !== definition.en[part];
      return isOwn ? [] : [`${part} is not translated`];
    }
  });
  const unused = Object.entries(definition.values).filter(([name, kind]) =>
    argumentNames(name, kind).every((found) => !used.has(found)),
  );
  return [...problems, ...unused.map(([name]) => `${name} is not used`)];
}

function check(element: MessageFormatElement, definition: Definition, language: Language, used: Set<string>): string[] {
  if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
  if (element.type === TYPE.argument || element.type === TYPE.plural || element.type === TYPE.select) {
    used.add(element.value);
    const problems = isDeclared(element.value, definition) ? [] : [`nothing declares ${element.value}`];
    if (element.type === TYPE.argument) return problems;
    const options = Object.entries(element.options);
    const nested = options.flatMap(([, { value }]) =>
      value.flatMap((inner) => check(inner, definition, language, used)),
    );
    const names = options.map(([name]) => name);
    const wrong =
      element.type === TYPE.plural ? missingForms(names, language) : unknownCodes(names, element.value, definition);
    return [...problems, ...wrong, ...nested];
  }
  return ['dates, times and numbers are values, not formats of the text'];
}

function missingForms(forms: readonly string[], language: Language): string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return pluralCategories.filter((form) => !forms.includes(form)).map((form) => `the plural form ${form} is missing`);
}

function unknownCodes(codes: readonly string[], name: string, { values }: Definition): string[] {
  const kind = values[name];
  const known = kind !== undefined && typeof kind !== 'string' ? kind : ['yes', 'no'];
  return codes.filter((code) => code !== 'other' && !known.includes(code)).map((code) => `${name} is never ${code}`);
}

function isDeclared(argument: string, { values }: Definition): boolean {
  return Object.entries(values).some(([name, kind]) => argumentNames(name, kind).includes(argument));
}
