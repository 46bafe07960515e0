import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { foldName } from '../domain/text.ts';
import type { Title } from '../domain/title.ts';
import { SEED_ADMINS } from './owners.ts';
import { describeFilm } from './describe-film.ts';
import { FILM_CAST } from './film-cast.ts';

/** A film in the format of `vega-datasets`. */
export interface FilmRecord {
  readonly Title: unknown;
  readonly 'Release Date': string | null;
  readonly 'MPAA Rating': string | null;
  readonly 'Running Time min': number | null;
  readonly 'Major Genre': string | null;
  readonly 'Creative Type': string | null;
  readonly Source: string | null;
  readonly Director: string | null;
  readonly Distributor: string | null;
  readonly 'IMDB Votes': number | null;
}

export interface Film {
  readonly title: Title;
  /** Shown in 3D on large screens. */
  readonly in3d: boolean;
}

/** Repairs of Latin 1 text that was decoded as Mac Roman. */
const MISDECODED: Readonly<Record<string, string>> = { È: 'é', Ë: 'è', '‡': 'à', '\u00a0': ' ' };

const GENRES: Readonly<Record<string, readonly string[]>> = {
  'Thriller/Suspense': ['Thriller'],
  'Romantic Comedy': ['Romance', 'Comedy'],
  'Black Comedy': ['Comedy'],
  'Concert/Performance': ['Music'],
};
const EXTRA_GENRES: Readonly<Record<string, string>> = {
  'Science Fiction': 'Science Fiction',
  Fantasy: 'Fantasy',
  'Super Hero': 'Superhero',
  'Kids Fiction': 'Family',
  'Historical Fiction': 'History',
};
const GENRES_IN_3D: ReadonlySet<string> = new Set(['Science Fiction', 'Fantasy', 'Super Hero', 'Kids Fiction']);

/** Films with another original language than English, which the data set lacks. */
const ORIGINAL_LANGUAGE: Readonly<Record<string, string>> = {
  "Bienvenue chez les Ch'tis": 'French',
  "Le Fabuleux destin d'Amélie Poulain": 'French',
  'Arthur et les Minimoys': 'French',
  "La marche de l'empereur": 'French',
  'Banlieue 13': 'French',
  Molière: 'French',
  'Man cheng jin dai huang jin jia': 'Mandarin',
  'Crouching Tiger, Hidden Dragon': 'Mandarin',
  "Jet Li's Hero": 'Mandarin',
  'Wu ji': 'Mandarin',
  'Se jie': 'Mandarin',
  'Red Cliff': 'Mandarin',
  'Fong juk': 'Cantonese',
  'Tom yum goong': 'Thai',
  'Ong-Bak 2': 'Thai',
  'Letters from Iwo Jima': 'Japanese',
  Apocalypto: 'Yucatec Maya',
  'The Passion of the Christ': 'Aramaic',
};
/** Distinct films of `vega-datasets` with complete data, most rated first. */
export async function readFilms(): Promise<Film[]> {
  const main = createRequire(import.meta.url).resolve('vega-datasets');
  const text = await readFile(path.join(main, '../../data/movies.json'), 'utf8');
  return toFilms(JSON.parse(text) as FilmRecord[]);
}

/** Skips incomplete records; of films with the same name only the most rated stays. */
export function toFilms(records: readonly FilmRecord[]): Film[] {
  const byVotes = records.toSorted((a, b) => (b['IMDB Votes'] ?? 0) - (a['IMDB Votes'] ?? 0));
  const films = new Map<string, Film>();
  for (const record of byVotes) {
    const film = toFilm(record);
    const key = film && foldName(film.title.name);
    if (film && key && !films.has(key)) films.set(key, film);
  }
  return [...films.values()];
}

function toFilm(record: FilmRecord): Film | null {
  const { 'MPAA Rating': ageRating, 'Running Time min': durationMinutes, 'Major Genre': genre } = record;
  const name = parseName(record.Title);
  const releaseDate = parseDate(record['Release Date']);
  if (name === null || releaseDate === null || !ageRating || !genre || !durationMinutes) return null;
  if (durationMinutes < 60 || ageRating === 'Open') return null;
  const director = record.Director && repair(record.Director);
  const facts = {
    ...record,
    Director: director,
    name,
    year: releaseDate.slice(0, 4),
    genre,
    ageRating,
    durationMinutes,
  };
  const title: Title = {
    id: `ttl_seed_${foldName(name)
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)}-${releaseDate.slice(0, 4)}`,
    kind: 'MOVIE',
    name,
    description: describeFilm(facts),
    languages: [ORIGINAL_LANGUAGE[name] ?? 'English'],
    genres: genresOf(genre, record['Creative Type']),
    durationMinutes,
    ageRating,
    releaseDate,
    director: director ?? null,
    performers: FILM_CAST[name]?.split(', ') ?? [],
    posterUrl: null,
    ...SEED_ADMINS,
  };
  return { title, in3d: GENRES_IN_3D.has(record['Creative Type'] ?? '') };
}

function parseName(given: unknown): string | null {
  if (typeof given !== 'string' && typeof given !== 'number') return null;
  const name = repair(String(given))
    .replace(/\s*\([^)]*\)\s*$/, '')
    .replace(/^(.+), (The|A|An)$/, '$2 $1')
    .trim();
  return name.length < 2 ? null : name;
}

function repair(text: string): string {
  return text.replace(/[ÈË‡\u00a0]/g, (character) => MISDECODED[character] ?? character).replace(/\s+/g, ' ');
}

/** Years before 2000 are partly stored with two digits, so Gone with the Wind parses as 2039. */
function parseDate(given: string | null): string | null {
  const date = new Date(`${given} UTC`);
  if (Number.isNaN(date.getTime())) return null;
  if (date.getUTCFullYear() > 2011) date.setUTCFullYear(date.getUTCFullYear() - 100);
  return date.toISOString().slice(0, 10);
}

function genresOf(genre: string, creativeType: string | null): string[] {
  const extra = creativeType ? EXTRA_GENRES[creativeType] : undefined;
  return [...(GENRES[genre] ?? [genre]), ...(extra ? [extra] : [])];
}
