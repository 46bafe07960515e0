import type { GraphQLInputType } from 'graphql';
import {
  type SampleOf,
  writeEnum,
  writeJson,
  writeList,
  writeObject,
  writeSample,
  type Written,
} from '../public-schema/written.ts';

export interface HostileValue extends Written {
  readonly name: string;
}

const LONG_TEXT = 'x'.repeat(50_000);
const DEEP_LIST = `${'['.repeat(500)}${']'.repeat(500)}`;
const MANY = 300;

const TEXTS: Readonly<Record<string, string>> = {
  'an empty string': '',
  blanks: ' \t\n',
  NUL: 'a\u0000b',
  'NUL alone': '\u0000',
  'a lone high surrogate': 'a\ud800',
  'a lone low surrogate': '\udc00b',
  'a long string': LONG_TEXT,
  'a noncharacter': '\uffff',
  'right-to-left controls': '\u202etxt.exe',
  'combining marks': 'e\u0301'.repeat(50),
  '“constructor”': 'constructor',
  '“__proto__”': '__proto__',
  '“toString”': 'toString',
  '“hasOwnProperty”': 'hasOwnProperty',
  'a malformed id': 'lon_bkg_',
  'an id of a user': 'usr_0199c0c0c0c07000a000000000000000',
  'an id of an unknown city': 'zzz_shw_0199c0c0c0c07000a000000000000000',
  'an id with a separator': '../../healthz?x=1#y',
  SQL: "' OR 1=1; DROP TABLE users; --",
  wildcards: '%_\\%',
  'a regular expression': '(a+)+$',
  'an email address of nobody': 'a@b',
  'an email address with a line break': 'a@b.test\r\nBcc: c@d.test',
  'a currency that does not exist': 'ZZZ',
  'a currency in lower case': 'eur',
  'a day of the year 0': '0000-00-00',
  'a day after the last of JavaScript': '275761-01-01',
  'a day that is not in the calendar': '2027-02-30',
  'an instant of the year 0': '0000-01-01T00:00:00Z',
  'the last instant of JavaScript': '+275760-09-13T00:00:00.000Z',
  'an instant with an impossible offset': '2027-01-01T00:00:00+99:99',
  'a UUID': '00000000-0000-0000-0000-000000000000',
  'a forged cursor': Buffer.from('["\u0000",{"a":1}]').toString('base64url'),
  'a cursor that is not JSON': '!!!',
};

const NUMBERS: readonly string[] = [
  '-1',
  '0',
  '1.5',
  '-0',
  '2147483647',
  '2147483648',
  '9007199254740993',
  '99999999999999999999999999',
  '1e400',
  '-1e400',
  '1e-400',
];

/** Values that no client should send at an input of this type. */
export function hostileValues(type: GraphQLInputType, name: string, sampleOf: SampleOf): HostileValue[] {
  const sample = writeSample(type, name, sampleOf);
  return [
    ...Object.entries(TEXTS).map(([kind, text]) => ({ name: kind, ...writeJson(text) })),
    ...NUMBERS.map((number) => ({ name: `the number ${number}`, json: number, literal: number })),
    { name: 'null', ...writeJson(null) },
    { name: 'true', ...writeJson(true) },
    { name: 'an unknown enum value', ...writeEnum('NO_SUCH_VALUE') },
    { name: 'an enum value named as a property', ...writeEnum('constructor') },
    { name: 'an empty list', ...writeJson([]) },
    { name: 'a list of null', ...writeJson([null]) },
    { name: 'a list in a list', ...writeList([writeList([sample])]) },
    { name: 'a deep list', json: DEEP_LIST, literal: DEEP_LIST },
    { name: 'a list of it', ...writeList([sample]) },
    { name: 'a list of it twice', ...writeList([sample, sample]) },
    { name: 'a list of it many times', ...writeList(Array.from({ length: MANY }, () => sample)) },
    { name: 'an empty object', ...writeObject([]) },
    { name: 'an object with the field __proto__', ...writeObject([['__proto__', sample]]) },
    { name: 'an object with the field constructor', ...writeObject([['constructor', sample]]) },
  ];
}
