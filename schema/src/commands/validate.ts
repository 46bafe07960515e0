import { composedOrThrow, sourcesOf } from './compose.ts';
import type { CommandContext } from './context.ts';

/** Reads and composes the subgraphs of the working tree. @throws {RegistryError} when their SDL is invalid */
export function validateCommand({ root, compose }: CommandContext): void {
  composedOrThrow(sourcesOf(root), compose);
}
