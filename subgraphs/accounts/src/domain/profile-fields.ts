import { badInput } from '@marquee/errors';

import { MAX_NAME_LENGTH, parseDisplayName, parseLocale, parseTimeZone } from './profile.ts';

/** The fields of a profile as they are stored. Each throws BAD_USER_INPUT that names its input field. */
export const profileFields = {
  displayName: field('displayName', parseDisplayName, `Enter a name of 1 to ${MAX_NAME_LENGTH} visible characters.`),
  locale: orNull(field('locale', parseLocale, 'Enter a valid language tag, such as en-GB.')),
  timeZone: orNull(field('timeZone', parseTimeZone, 'Enter the name of a time zone, such as Europe/London.')),
};

function orNull(rule: (text: string) => string): (text: string | null) => string | null {
  return (text) => (text === null ? null : rule(text));
}

function field(name: string, parse: (text: string) => string | null, message: string): (text: string) => string {
  return (text) => {
    const parsed = parse(text);
    if (parsed === null) throw badInput(`input.${name}`, message);
    return parsed;
  };
}
