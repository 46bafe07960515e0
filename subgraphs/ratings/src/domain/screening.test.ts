import { expect, test } from 'vitest';

import { profanityLists } from '../adapters/profanity.ts';
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
  'I saw it in Scunthorpe, of all places. A classic.',
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
  ['sh\u200bit film', ['PROFANITY']],
  ['GO TO WWW.CHEAP.COM OR CALL 020 7946 0958 NOW', ['LINK', 'CONTACT_DETAILS', 'SHOUTING']],
])('%j waits for a moderator', (text, doubts) => {
  expect(doubtsOf(text)).toEqual(doubts);
});

test('a text as long as one may be is screened without backtracking', () => {
  const texts = ['1 '.repeat(2_000), 'a.'.repeat(2_000), 'a@'.repeat(2_000), `${'ab-'.repeat(1_333)}.`];
  for (const text of texts) expect(doubtsOf(text)).toBeInstanceOf(Array);
});
