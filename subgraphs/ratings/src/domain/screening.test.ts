import { expect, test } from 'vitest';

import { profanityLists } from '../adapters/profanity.ts';
import { SEED_AUTHORS } from '../seed/authors.ts';
import { MAX_TEXT_LENGTH } from './review.ts';
import { screen } from './screening.ts';

const hasProfanity = profanityLists();
const doubtsOf = (text: string | null) => screen(text, hasProfanity);

test.each([
  'A grand evening. The sound in row 12 is clear, and so is the picture: 10/10.',
  'We went on 2026-11-28 at 19:30, and paid 12.50 each. Mr. and Mrs. Sato were there too.',
  'Der Ton war gut, die Sitze sind eng. Bitte ab 6 Jahren, am 3.12.2026 wieder.',
  'Una película preciosa: la música, los actores, todo. ¡Volveré!',
  'फिल्म बहुत अच्छी थी, परिवार के साथ ज़रूर देखें।',
  '音響がとても良かったです。また来ます。',
  'Vi a Dick Van Dyke con mi padre, från början till slut.',
  'WALL·E is a DVD we own in HD by now.',
  null,
])('%j is published', (text) => {
  expect(doubtsOf(text)).toEqual([]);
});

test.each([
  ['What a load of sh1t', ['PROFANITY']],
  ['Der Film ist Scheiße', ['PROFANITY']],
  ['Es una mierda de cine', ['PROFANITY']],
  ['Quel bordel', ['PROFANITY']],
  ['यह film ekdum chutiya hai', ['PROFANITY']],
  ['Ein richtig beschissener Abend, so ein Arschloch', ['PROFANITY']],
  ['これはアナルの映画です', ['PROFANITY']],
  ['Cheap tickets at https://tickets.example/deal', ['LINK']],
  ['Buy them on cheap-tickets.com, much cheaper', ['LINK']],
  ['Write to me: fan (at) example (dot) org', ['CONTACT_DETAILS']],
  ['Call +44 20 7946 0958 for tickets', ['CONTACT_DETAILS']],
  ['THE WORST EVENING OF MY WHOLE LIFE', ['SHOUTING']],
  ['Nooooooooooo', ['SHOUTING']],
  ['GO TO WWW.CHEAP.COM OR CALL 020 7946 0958 NOW', ['LINK', 'CONTACT_DETAILS', 'SHOUTING']],
])('%j waits for a moderator', (text, doubts) => {
  expect(doubtsOf(text)).toEqual(doubts);
});

/** Honest words with a bad one in them, also of other languages, and letters one by one. */
const HONEST = [
  ...['Scunthorpe', 'Penistone', 'Clitheroe', 'Essex and Sussex', 'Lightwater', 'Cockburn Street', 'Arsenal'],
  ...['Dick Van Dyke', 'Moby Dick', 'Hitchcock', 'Hancock', 'Peacock', 'Charles Dickens', 'Dr. J. K. Rowling'],
  ...['a classic assassin', 'bass guitar', 'grass', 'pass the popcorn', 'analysis', 'therapist', 'cocktails', 'sextet'],
  ...['shiitake', 'Fukushima', 'Matsushita', 'Wankel', 'Nigeria', 'Montenegro', 'snigger', 'grapes of wrath'],
  ...['The Vagina Monologues', 'Sex Education', 'Kick-Ass', 'Octopussy', 'Peter Pan', 'Towering Inferno'],
  ...['Die Scheibe war sauber', 'Kunst', 'Schwüle Nacht', 'Reich und schön', 'Wir saßen in Reihe 7 a, b, c und d'],
  ...['Los años cincuenta', 'una pena', 'Un cono gelato', 'Mose in Egitto', 'À la française', 'Pêcheurs de perles'],
  ...['B R A V O', 'W o n d e r f u l', 'U S A', 'seats A, B, C', 'I. M. Pei', 'A+', '10/10 - 5 of 5'],
];
/** Bad words that do not look like themselves to a list: spaced, in digits and signs, with marks, in other alphabets. */
const DISGUISED = [
  ...[
    's h i t',
    'f.u.c.k',
    'f-u-c-k',
    'f  u  c  k',
    'c.u.n.t',
    'S/H/I/T',
    'S c h e i ß e',
    'm_e_r_d_a',
    'c h u t i y a',
  ],
  ...['sh1t', 'sh!t', '$hit', '5h1t', 'a$$hole', 'b1tch', 'Sch3isse', 'Schei$$e', 'm1erda', 'mierd@', 'ch00tiya'],
  ...['fu\u200bck', 'f\u00adu\u00adck', 'f\u0336u\u0336c\u0336k\u0336', 'sh\u0301it', 'fück', 'fuuuuck', 'चू\u200bतिया'],
  ...[
    'fu\u0441k',
    '\u0455\u04bb\u0456t',
    'm\u0456erda',
    '𝓯𝓾𝓬𝓴',
    'ⓕⓤⓒⓚ',
    'ｆｕｃｋ',
    'ᶠᵘᶜᵏ',
    'ア ナ ル',
    'cabron',
    'Scheisse',
  ],
];

test('honest words are published, and disguised swear words are not', () => {
  const isDoubted = (text: string) => doubtsOf(`We saw it. ${text}, all evening`).includes('PROFANITY');
  expect(HONEST.filter(isDoubted)).toEqual([]);
  expect(DISGUISED.filter((text) => !isDoubted(text))).toEqual([]);
});

test('what people of ten languages wrote for the seed is published', () => {
  const written = SEED_AUTHORS.flatMap(({ films, venues }) => [...films, ...venues].map(([, text]) => text));
  expect([written.length > 90, written.filter((text) => doubtsOf(text).length > 0)]).toEqual([true, []]);
});

/** The least processor time in milliseconds that the screening of a text takes. */
function costOf(text: string): number {
  const once = () => {
    const before = process.cpuUsage();
    doubtsOf(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  return Math.min(...Array.from({ length: 3 }, once));
}

test('marks that pile up on no letter cost no more than honest words: thousands are not tried at each of them', () => {
  const honest = 'A good film. '.repeat(MAX_TEXT_LENGTH / 13);
  const piled = `1${'\u0344'.repeat(MAX_TEXT_LENGTH - 1)}`;
  expect(costOf(piled) / Math.max(costOf(honest), 1)).toBeLessThan(50);
});

test('a text as long as one may be is screened without backtracking', () => {
  const texts = ['1 '.repeat(2_000), 'a.'.repeat(2_000), 'a@'.repeat(2_000), `${'ab-'.repeat(1_333)}.`];
  for (const text of texts) expect(doubtsOf(text)).toBeInstanceOf(Array);
});
