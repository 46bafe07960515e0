import { expect, test } from 'vitest';

import { styleOf } from './genres.ts';
import { setType } from './lettering.ts';
import { type Palette, PALETTES } from './palettes.ts';
import { randomOf } from './random.ts';

const luminance = (hex: string): number => {
  const channels = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

test.each(Object.values(PALETTES).flat() as Palette[])('text of $ink is legible on $ground', ({ ground, ink }) => {
  expect(contrast(ground, ink)).toBeGreaterThan(7);
});

test('is the same for the same title', () => {
  const draw = (id: string) => Array.from({ length: 3 }, randomOf(id));
  expect(draw('ttl_1')).toEqual(draw('ttl_1'));
  expect(draw('ttl_1')).not.toEqual(draw('ttl_2'));
});

test('chooses a scene by the first genre that has one, else by the kind', () => {
  expect(styleOf('MOVIE', ['Science Fiction', 'Comedy']).scenes).toEqual(styleOf('MOVIE', ['Science Fiction']).scenes);
  expect(styleOf('MOVIE', ['Unheard of', 'Horror'])).toEqual(styleOf('MOVIE', ['Horror']));
  expect(styleOf('LIVE_EVENT', [])).not.toEqual(styleOf('MOVIE', []));
});

test('sets a name in few lines that fit', () => {
  expect(setType('Up', 172).lines).toEqual(['UP']);
  const long = setType('Pirates of the Caribbean: The Curse of the Black Pearl', 172);
  expect(long.lines.length).toBeLessThanOrEqual(5);
  expect(long.lines.join(' ')).toBe('PIRATES OF THE CARIBBEAN: THE CURSE OF THE BLACK PEARL');
});
