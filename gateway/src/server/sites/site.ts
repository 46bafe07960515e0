import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A static application, built into a folder with an `index.html`. */
export interface SiteOptions {
  /** Where it is served: `/`, or a path such as `/backoffice`. */
  readonly prefix: string;
  readonly folder: string;
}

/** An encoding that a file was compressed with at the build, the smaller first. */
export const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];
const SUFFIXES: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The folder of files whose names have a hash of their content. */
const HASHED = 'assets/';
export const INDEX = 'index.html';

export interface SiteFile {
  readonly type: string;
  /** Whether its content never changes, as its name has its hash. */
  readonly isHashed: boolean;
  /** Weak, because each encoding has other bytes. */
  etag(): Promise<string>;
  readonly encodings: readonly Encoding[];
  content(encoding?: Encoding): Promise<Buffer>;
}

/** The files of a site. They are known by name, so that no path leads out of the folder, and read when first asked for. */
export class Site {
  readonly prefix: string;
  readonly #folder: string;
  #files: ReadonlyMap<string, SiteFile> = new Map();
  #builtAt = -1;

  private constructor({ prefix, folder }: SiteOptions) {
    this.prefix = prefix.replace(/\/+$/, '');
    this.#folder = folder;
  }

  /** @throws when it has not been built */
  static async open(options: SiteOptions): Promise<Site> {
    const site = new Site(options);
    await site.index();
    return site;
  }

  /** A file by its path below the prefix, other than the page. */
  file(path: string): SiteFile | undefined {
    return path === INDEX ? undefined : this.#files.get(path);
  }

  /** The page of every address of the application. It is read again after another build. */
  async index(): Promise<SiteFile> {
    const { mtimeMs } = await stat(join(this.#folder, INDEX));
    if (mtimeMs !== this.#builtAt) {
      this.#files = await filesIn(this.#folder);
      this.#builtAt = mtimeMs;
    }
    const index = this.#files.get(INDEX);
    if (!index) throw new Error(`There is no ${INDEX} in ${this.#folder}`);
    return index;
  }
}

async function filesIn(folder: string): Promise<Map<string, SiteFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const all = new Set(names);
  const plain = names.filter((name) => !Object.values(SUFFIXES).some((suffix) => name.endsWith(suffix)));
  return new Map(plain.map((name) => [name, fileNamed(name, folder, all)]));
}

function fileNamed(name: string, folder: string, all: ReadonlySet<string>): SiteFile {
  const contents = new Map<Encoding | undefined, Promise<Buffer>>();
  const content = (encoding?: Encoding): Promise<Buffer> => {
    const known = contents.get(encoding);
    if (known) return known;
    const reading = readFile(join(folder, `${name}${encoding ? SUFFIXES[encoding] : ''}`));
    contents.set(encoding, reading);
    reading.catch(() => contents.delete(encoding));
    return reading;
  };
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    isHashed: name.startsWith(HASHED),
    encodings: ENCODINGS.filter((encoding) => all.has(`${name}${SUFFIXES[encoding]}`)),
    content,
    etag: async () =>
      `W/"${createHash('sha256')
        .update(await content())
        .digest('base64url')
        .slice(0, 22)}"`,
  };
}
