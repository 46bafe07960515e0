import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { EngineAdapterFactory } from './schema-engine-adapter.ts';
import type { SchemaFile } from './schema-files.ts';

type WasmExports = Record<string, unknown>;

/** The part of the global used here; TypeScript declares it in its DOM library only. */
declare const WebAssembly: {
  instantiate(source: Uint8Array, imports: object): Promise<{ instance: { exports: WasmExports } }>;
};

/** The engine's wasm-bindgen module, whose type declarations are incomplete. */
interface EngineBindings {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WasmExports): void;
}

/**
 * Runs `work` with Prisma's own schema engine on the database `url`. It is the WebAssembly build from npm, so no engine
 * is downloaded, and migrations stay compatible with `prisma migrate deploy`.
 */
export async function withSchemaEngine<T>(
  url: string,
  schema: readonly SchemaFile[],
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const bindings = await loadEngine();
  const factory = new EngineAdapterFactory(url);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(factory);
    const datamodels = schema.map(({ path, content }): [string, string] => [path, content]);
    const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, adapter);
    const result = await work(engine);
    engine.free();
    return result;
  } catch (error) {
    throw new Error(`Prisma's schema engine failed on ${schema[0]?.path}: ${textOf(error)}`, { cause: error });
  } finally {
    await factory.close();
  }
}

let loaded: Promise<EngineBindings> | undefined;

function loadEngine(): Promise<EngineBindings> {
  loaded ??= instantiateEngine();
  return loaded;
}

async function instantiateEngine(): Promise<EngineBindings> {
  // The engine reports the message of a Rust panic here; the exception itself says only "unreachable".
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => (lastPanic = text) } });
  const specifier = '@prisma/schema-engine-wasm/schema_engine_bg';
  const bindings: EngineBindings = await import(specifier);
  const wasm = await readFile(fileURLToPath(import.meta.resolve(specifier)).replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  return bindings;
}

let lastPanic = '';

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  return error.name === 'RuntimeError' && lastPanic !== '' ? lastPanic : error.message;
}
