import { CITIES_ELSEWHERE } from './cities-elsewhere.ts';
import { CITIES_OF_EUROPE } from './cities-of-europe.ts';
import type { SeedCity } from './seed-city.ts';

export const SEED_CITIES: readonly SeedCity[] = [...CITIES_OF_EUROPE, ...CITIES_ELSEWHERE];
