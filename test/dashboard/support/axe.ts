import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** No rule of axe finds anything wrong with what is shown now. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Before that nothing is shown yet.
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
    readonly violations: readonly Violation[];
  };
  const told = found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
  expect(told, what).toEqual([]);
}
