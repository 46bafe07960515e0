import type { Reporter, TestCase } from '@playwright/test/reporter';

/** Prints what tests have measured: their annotations. */
class Measurements implements Reporter {
  readonly #measured: string[] = [];

  onTestEnd({ title }: TestCase, { annotations }: { readonly annotations: TestCase['annotations'] }): void {
    for (const { type, description = '' } of annotations) {
      if (type !== 'slow') this.#measured.push(`  ${type}: ${description} (${title})`);
    }
  }

  onEnd(): void {
    if (this.#measured.length > 0) process.stdout.write(`\nMeasured:\n${this.#measured.join('\n')}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

export default Measurements;
