import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { foldName } from '../domain/text.ts';
import type { Title } from '../domain/title.ts';
import { describeFilm } from './describe-film.ts';

/** A film as `vega-datasets` has it. */
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
  /** Whether it is shown in 3D where a hall can. */
  readonly spectacular: boolean;
}

/** What the data was written in before it was read as Latin 1. */
const MISREAD: Readonly<Record<string, string>> = { È: 'é', Ë: 'è', '‡': 'à', '\u00a0': ' ' };

const GENRES: Readonly<Record<string, readonly string[]>> = {
  'Thriller/Suspense': ['Thriller'],
  'Romantic Comedy': ['Romance', 'Comedy'],
  'Black Comedy': ['Comedy'],
  'Concert/Performance': ['Music'],
};
const FURTHER_GENRES: Readonly<Record<string, string>> = {
  'Science Fiction': 'Science Fiction',
  Fantasy: 'Fantasy',
  'Super Hero': 'Superhero',
  'Kids Fiction': 'Family',
  'Historical Fiction': 'History',
};
const SPECTACULAR: ReadonlySet<string> = new Set(['Science Fiction', 'Fantasy', 'Super Hero', 'Kids Fiction']);

/** Films that were not made in English, which the data does not say. */
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
};
/** The languages that widely seen films are dubbed in. */
const DUBBED = ['French', 'German', 'Italian', 'Spanish', 'Portuguese', 'Japanese', 'Turkish', 'Hindi'];
const WIDELY_SEEN = 400;

/** The films of `vega-datasets` of which enough is known, each once, the most rated ones first. */
export async function readFilms(): Promise<Film[]> {
  const main = createRequire(import.meta.url).resolve('vega-datasets');
  const text = await readFile(path.join(main, '../../data/movies.json'), 'utf8');
  return filmsOf(JSON.parse(text) as FilmRecord[]);
}

/** Leaves out what lacks a fact that a listing needs, and all but the best known film of a name. */
export function filmsOf(records: readonly FilmRecord[]): Film[] {
  const byVotes = records.toSorted((a, b) => (b['IMDB Votes'] ?? 0) - (a['IMDB Votes'] ?? 0));
  const films = new Map<string, Film>();
  for (const record of byVotes) {
    const film = filmOf(record, films.size < WIDELY_SEEN);
    const key = film && foldName(film.title.name);
    if (film && key && !films.has(key)) films.set(key, film);
  }
  return [...films.values()];
}

function filmOf(record: FilmRecord, widelySeen: boolean): Film | null {
  const { 'MPAA Rating': ageRating, 'Running Time min': durationMinutes, 'Major Genre': genre } = record;
  const name = nameOf(record.Title);
  const releaseDate = dateOf(record['Release Date']);
  if (name === null || releaseDate === null || !ageRating || !genre || !durationMinutes) return null;
  if (durationMinutes < 60 || ageRating === 'Open') return null;
  const original = ORIGINAL_LANGUAGE[name] ?? 'English';
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
    languages: [...new Set(widelySeen ? [original, ...DUBBED] : [original])],
    genres: genresOf(genre, record['Creative Type']),
    durationMinutes,
    ageRating,
    releaseDate,
    director: director ?? null,
    performers: [],
    posterUrl: null,
  };
  return { title, spectacular: SPECTACULAR.has(record['Creative Type'] ?? '') };
}

function nameOf(given: unknown): string | null {
  if (typeof given !== 'string' && typeof given !== 'number') return null;
  const name = repair(String(given))
    .replace(/\s*\([^)]*\)\s*$/, '')
    .replace(/^(.+), (The|A|An)$/, '$2 $1')
    .trim();
  return name.length < 2 ? null : name;
}

function repair(text: string): string {
  return text.replace(/[ÈË‡\u00a0]/g, (character) => MISREAD[character] ?? character).replace(/\s+/g, ' ');
}

/** The data writes years before 2000 with two digits where it got them so: Gone with the Wind came out in 2039. */
function dateOf(given: string | null): string | null {
  const date = new Date(`${given} UTC`);
  if (Number.isNaN(date.getTime())) return null;
  if (date.getUTCFullYear() > 2011) date.setUTCFullYear(date.getUTCFullYear() - 100);
  return date.toISOString().slice(0, 10);
}

function genresOf(genre: string, creativeType: string | null): string[] {
  const further = creativeType ? FURTHER_GENRES[creativeType] : undefined;
  return [...(GENRES[genre] ?? [genre]), ...(further ? [further] : [])];
}
