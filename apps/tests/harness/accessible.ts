import { expect, type Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails with the violations of WCAG 2.2 AA that axe finds on the page as it is shown now. */
export async function expectAccessible(page: Page, label = 'axe violations'): Promise<void> {
  expect.soft(await violationsOn(page, { runOnly: { type: 'tag', values: TAGS } }), label).toEqual([]);
}

/** The same for colours alone, which is what a theme changes. */
export async function expectContrast(page: Page, label = 'contrast'): Promise<void> {
  expect.soft(await violationsOn(page, { runOnly: { type: 'rule', values: ['color-contrast'] } }), label).toEqual([]);
}

async function violationsOn(page: Page, options: RunOptions): Promise<string[]> {
  // Evaluated by the protocol, which the page's security policy does not concern.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (given) => (window as unknown as { axe: typeof axe }).axe.run(document, given),
    options,
  );
  // A bar that stays at the edge covers what one scrolls to.
  const isCovered = (node: (typeof violations)[number]['nodes'][number]) =>
    node.any.some(({ id, message }) => id === 'target-size' && message.includes('obscured'));
  const uncovered = violations.map((violation) => ({
    ...violation,
    nodes: violation.nodes.filter((node) => !isCovered(node)),
  }));
  return uncovered.flatMap(({ id, help, nodes }) => {
    if (nodes.length === 0) return [];
    const places = nodes.map(({ html, any }) => `${html.slice(0, 160)} (${any[0]?.message ?? ''})`);
    return [`${id}: ${help}\n  ${places.slice(0, 5).join('\n  ')}`];
  });
}
