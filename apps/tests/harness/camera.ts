import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { encodeQR } from 'qr';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_A_SECOND = 10;
const MODULE = 6;
const DARK = 0x10;
const LIGHT = 0xeb;
/** A picture without colours. */
const GREY = Buffer.alloc((WIDTH * HEIGHT) / 2, 0x80);

/** Something before the camera for some tenths of a second. */
export interface Sight {
  readonly frames: number;
  readonly picture: Buffer;
}

/** A wall. */
export function nothing(frames: number): Sight {
  return { frames, picture: Buffer.alloc(WIDTH * HEIGHT, LIGHT) };
}

/** A ticket's code. */
export function codeInSight(text: string, frames: number): Sight {
  const picture = Buffer.alloc(WIDTH * HEIGHT, LIGHT);
  const modules = encodeQR(text, 'raw', { ecc: 'medium' });
  const left = Math.floor((WIDTH - modules.length * MODULE) / 2);
  const top = Math.floor((HEIGHT - modules.length * MODULE) / 2);
  for (const [row, cells] of modules.entries()) {
    for (const [column, isDark] of cells.entries()) {
      if (!isDark) continue;
      for (let line = 0; line < MODULE; line++) {
        const at = (top + row * MODULE + line) * WIDTH + left + column * MODULE;
        picture.fill(DARK, at, at + MODULE);
      }
    }
  }
  return { frames, picture };
}

/** The same of which one half is torn off. */
export function tornInSight(text: string, frames: number): Sight {
  const { picture } = codeInSight(text, frames);
  return { frames, picture: picture.fill(LIGHT, (WIDTH * HEIGHT) / 2) };
}

/** Shows sights to the camera that plays this file, one after the other and again from the start. */
export function showToCamera(file: string, sights: readonly Sight[]): void {
  const next = `${file}.next`;
  const film = openSync(next, 'w');
  writeSync(film, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  for (const { frames, picture } of sights) {
    for (let frame = 0; frame < frames; frame++) {
      writeSync(film, 'FRAME\n');
      writeSync(film, picture);
      writeSync(film, GREY);
    }
  }
  closeSync(film);
  renameSync(next, file);
}
