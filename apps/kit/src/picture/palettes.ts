/** The few inks of a print: the text is `ink` on `ground`, with a contrast of 4.5 or more. */
export interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly first: string;
  readonly second: string;
  readonly accent: string;
}

const inks = (ground: string, ink: string, first: string, second: string, accent: string): Palette => ({
  ground,
  ink,
  first,
  second,
  accent,
});

export const PALETTES = {
  blaze: [
    inks('#1a1423', '#ffe9c7', '#e4572e', '#7d1d3f', '#ffc145'),
    inks('#f6e7cb', '#3a0f12', '#d1352b', '#f29f3d', '#1d3557'),
    inks('#0f2233', '#fdf0d5', '#f2762e', '#c1292e', '#f7c548'),
  ],
  party: [
    inks('#ffd23f', '#2b1a3d', '#ee4266', '#3bceac', '#fff7e0'),
    inks('#fbeee6', '#3d1432', '#ff6f59', '#43aa8b', '#ffc857'),
    inks('#2d3184', '#fff6d6', '#ff7a90', '#ffc53a', '#7fe0d0'),
  ],
  dust: [
    inks('#f3d9a4', '#40180f', '#d9643a', '#8f3a2a', '#fff1d0'),
    inks('#2f1b25', '#ffe3bd', '#c8553d', '#7a3240', '#f6b24a'),
    inks('#e8e1cf', '#233238', '#6b8f85', '#2f4f4f', '#d9772b'),
  ],
  orbit: [
    inks('#0b1030', '#e2ecff', '#4f5bd5', '#24c2c9', '#ffb347'),
    inks('#130a26', '#f4e6ff', '#b13bdb', '#3f37c9', '#f9d65c'),
    inks('#06222b', '#dffcf4', '#12908e', '#0b4f5c', '#ff7057'),
  ],
  noir: [
    inks('#14120f', '#f4ead4', '#c02f1d', '#4b4438', '#efe3c8'),
    inks('#e9dfc7', '#161310', '#1c1a17', '#a33b20', '#c9a24b'),
    inks('#101c24', '#e6f1ee', '#2d6a73', '#d8a83a', '#cfe5dd'),
  ],
  fright: [
    inks('#100c10', '#f7dfd4', '#8e1616', '#2d1b2e', '#e8d6a0'),
    inks('#0c1612', '#e3f2d4', '#3f7d3a', '#18322a', '#d7f26b'),
    inks('#1c0b1d', '#ffdfe9', '#b3123f', '#4a1246', '#f3c9a0'),
  ],
  blush: [
    inks('#fbdcd2', '#541029', '#e2495b', '#f5a08f', '#fff3e8'),
    inks('#3c1231', '#ffe3dc', '#f0627a', '#a52a5b', '#ffc58a'),
    inks('#f8e9dd', '#3b2350', '#c45b86', '#7a6fb2', '#f4b860'),
  ],
  dusk: [
    inks('#233044', '#f7ead7', '#5c7a95', '#d98e5f', '#f3d29b'),
    inks('#ede3d4', '#2b2530', '#8a5a5f', '#c08a5a', '#39505e'),
    inks('#1d2a26', '#f1ecd9', '#4f7a63', '#c9a15a', '#e8d6a8'),
  ],
  neon: [
    inks('#160b2e', '#ffe8fb', '#ff3d8b', '#5a2ee5', '#37e0d2'),
    inks('#0e1726', '#eaf6ff', '#ff8a1e', '#17649a', '#ffe04d'),
    inks('#f7f0e3', '#1a1733', '#f04e37', '#2b4cc4', '#f6b92c'),
  ],
  field: [
    inks('#0d3b2e', '#f5f7dc', '#1c7a50', '#12543f', '#ffcf33'),
    inks('#123a6b', '#f1f7ff', '#2f74c0', '#0c2749', '#ff8552'),
    inks('#7a1f1f', '#fff0dc', '#c2452d', '#531212', '#ffd479'),
  ],
  velvet: [
    inks('#2a0612', '#ffe7c4', '#9d1b32', '#660f26', '#f5b84b'),
    inks('#0f1235', '#fff0cf', '#3a3f9e', '#20246b', '#f5c451'),
    inks('#06281f', '#fdf1d4', '#13694f', '#0b4636', '#f2bd4e'),
  ],
  spell: [
    inks('#1b1442', '#f4ecff', '#5b45b0', '#33257c', '#ffcf70'),
    inks('#0d2f3f', '#e8fbf5', '#2a8c8f', '#155466', '#ffd98a'),
    inks('#3a1040', '#ffeef9', '#99408f', '#652468', '#f9c46b'),
  ],
} as const satisfies Readonly<Record<string, readonly Palette[]>>;

export type PaletteName = keyof typeof PALETTES;
