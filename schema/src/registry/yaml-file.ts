import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

import { type Finding, inputError, type Location, RegistryError } from '../finding.ts';

/** A validated YAML file. */
export interface YamlFile<T> {
  readonly value: T;
  /** The location of an entry by its path, or of its nearest parent. */
  locate(path: readonly PropertyKey[]): Location;
}

/**
 * Reads a YAML file of the registry.
 *
 * @throws {RegistryError} with a finding for each mistake, on its line
 */
export function readYamlFile<T>(root: string, file: string, shape: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(textOf(root, file), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw inputError(`${file} is not YAML: ${broken.message.split('\n')[0]}`, { file, line, column: col });
  }
  const locate = (path: readonly PropertyKey[]): Location => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { file, line, column: col };
      }
    }
    return { file, line: 1, column: 1 };
  };
  const result = shape.safeParse(document.toJS());
  if (result.success) return { value: result.data, locate };
  throw new RegistryError(
    result.error.issues.map(({ path, message }): Finding => ({
      class: 'input',
      rule: 'input',
      severity: 'error',
      message: `${file}: ${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`,
      location: locate(path),
    })),
  );
}

function textOf(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch (error) {
    throw inputError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
