import type { ReactNode } from 'react';

import type { Palette } from '../palettes.ts';
import type { Random } from '../random.ts';

export interface SceneProps {
  readonly random: Random;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
}

/** Draws a composition that fills the width and the height, with a few dozen flat shapes at most. */
export type Scene = (props: SceneProps) => ReactNode;

export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** The path of a polygon. */
export const polygon = (points: readonly (readonly [number, number])[]): string =>
  `M${points.map(([x, y]) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`).join('L')}Z`;
