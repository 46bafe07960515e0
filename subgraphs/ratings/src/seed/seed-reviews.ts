import { createHash } from 'node:crypto';

import type { ReviewDoubt, ReviewStatus } from '../domain/review.ts';
import { SEED_AUTHORS, type SeedAuthor } from './authors.ts';
import { SEED_SUBJECTS, type SeedSubject } from './subjects.ts';

/** A row of the seed. */
export interface SeedReview {
  readonly id: string;
  readonly authorId: string;
  readonly subjectType: SeedSubject['type'];
  readonly subjectId: string;
  readonly stars: number;
  readonly text: string | null;
  readonly status: ReviewStatus;
  readonly doubts: readonly ReviewDoubt[];
  readonly createdAt: Date;
  readonly wasThere: boolean;
  readonly reply: string | null;
  /** Who found it helpful. */
  readonly voters: readonly string[];
  readonly reporters: readonly string[];
}

const HOUR_MS = 60 * 60 * 1000;
const HOURS = 90 * 24;
/** The share of the authors who have reviewed a subject, in percent. */
const REVIEWERS = 38;
/** The most reviews of a subject that say something, so that the words reach many subjects. */
const WORDED = 2;
const THANKS = [
  'Thank you for coming, and for telling us. We hope to see you again soon.',
  'Thank you. We have passed this on to the team in the foyer, who were very pleased.',
  'We are sorry about that. The technician has been in, and it works again.',
];

/** A number from 0 to `count - 1` that the words determine. */
function pick(count: number, ...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join('|')).digest().readUInt32BE() % count;
}

/** Words of an author that fit the stars, each once. */
class Words {
  readonly #left = new Map(
    SEED_AUTHORS.map(({ id, films, venues }) => [id, { TITLE: [...films], VENUE: [...venues] }]),
  );

  take({ id }: SeedAuthor, type: SeedSubject['type'], stars: number): string | null {
    const left = this.#left.get(id)?.[type] ?? [];
    const index = left.findIndex(([said]) => said === stars);
    return index < 0 ? null : (left.splice(index, 1)[0]?.[1] ?? null);
  }
}

/** The reviews of the seed, all published but for those of {@link queuedReviews}. */
export function seedReviews(now: Date): SeedReview[] {
  const words = new Words();
  const written = SEED_SUBJECTS.flatMap((subject) => {
    const reviewers = SEED_AUTHORS.filter(({ id }) => pick(100, 'reviews', id, subject.id) < REVIEWERS);
    let left = subject.withWords ? WORDED : 0;
    return inTurn(reviewers, subject).map((author) => {
      const stars = starsOf(author, subject);
      const text = left > 0 ? words.take(author, subject.type, stars) : null;
      if (text !== null) left -= 1;
      return toReview(author, subject, { stars, text, now });
    });
  });
  return [...written, ...queuedReviews(now)];
}

/** Another author comes first for each subject. */
function inTurn(authors: readonly SeedAuthor[], { id }: SeedSubject): SeedAuthor[] {
  const first = pick(authors.length || 1, 'first', id);
  return [...authors.slice(first), ...authors.slice(0, first)];
}

function starsOf({ id }: SeedAuthor, { id: subjectId, quality }: SeedSubject): number {
  const mood = pick(21, 'mood', id, subjectId) - 10;
  return Math.min(5, Math.max(1, Math.round((quality + mood) / 10)));
}

function toReview(
  { id: authorId }: SeedAuthor,
  subject: SeedSubject,
  { stars, text, now }: { stars: number; text: string | null; now: Date },
): SeedReview {
  const key = `${authorId}|${subject.id}`;
  const others = SEED_AUTHORS.filter(({ id }) => id !== authorId).map(({ id }) => id);
  const isPartners = subject.type === 'VENUE' && !subject.id.endsWith('3');
  const isReplied = isPartners && text !== null && pick(2, 'reply', key) === 0;
  return {
    id: `rev_seed_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`,
    ...{ authorId, subjectType: subject.type, subjectId: subject.id, stars, text },
    ...{ status: 'PUBLISHED', doubts: [] },
    createdAt: new Date(now.getTime() - (1 + pick(HOURS, 'at', key)) * HOUR_MS),
    wasThere: pick(100, 'there', key) < 60,
    reply: isReplied ? (THANKS[stars <= 3 ? 2 : pick(2, 'thanks', key)] ?? null) : null,
    voters: text === null ? [] : others.filter((voter) => pick(100, 'helpful', key, voter) < 18),
    reporters: [],
  };
}

/** Reviews that wait for a moderator, one that was rejected, and one that several people reported. */
function queuedReviews(now: Date): SeedReview[] {
  const [casey, robin, , jonas, lucia, amara, , , , , , , , , niamh] = SEED_AUTHORS;
  const film = (id: string): SeedSubject => ({ type: 'TITLE', id: `ttl_seed_${id}`, quality: 30, withWords: true });
  const wait = (
    author: SeedAuthor | undefined,
    id: string,
    stars: number,
    text: string,
    change: Partial<SeedReview>,
  ) => ({
    ...toReview(author ?? { id: 'usr_seed_customer', films: [], venues: [] }, film(id), { stars, text, now }),
    ...{ reply: null, voters: [], ...change },
  });
  const pending = (...doubts: ReviewDoubt[]): Partial<SeedReview> => ({ status: 'PENDING', doubts });
  return [
    wait(
      casey,
      'superbad-2007',
      5,
      'Tickets for half the price at cheap-seats.example.com, ask for Bob!',
      pending('LINK'),
    ),
    wait(jonas, 'juno-2007', 1, 'DAS WAR DER SCHLECHTESTE FILM DES GANZEN JAHRES', pending('SHOUTING')),
    wait(
      amara,
      'snatch-2000',
      2,
      'What a load of sh1t. The subtitles were out of step from the start.',
      pending('PROFANITY'),
    ),
    wait(
      lucia,
      'big-fish-2003',
      4,
      'Busco compañía para verla otra vez, llámame al +34 600 123 456.',
      pending('CONTACT_DETAILS'),
    ),
    wait(robin, 'minority-report-2002', 1, 'Whoever liked this is an idiot, and so is the director.', {
      status: 'REJECTED',
    }),
    wait(
      niamh,
      'ocean-s-eleven-2001',
      3,
      'Good fun, although once you know that the guards at the vault are their own people there is little left.',
      {
        doubts: ['REPORTED'],
        reporters: [casey, jonas, lucia].flatMap((each) => (each ? [each.id] : [])),
      },
    ),
  ];
}
