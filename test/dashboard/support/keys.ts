import type { Page } from 'playwright-core';

/** Presses Tab until what has the focus is called so. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const focused =
    'document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? ""';
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab');
    if (name.test(String(await page.evaluate(focused)).trim())) return;
  }
  throw new Error(`no Tab leads to ${String(name)}`);
}
