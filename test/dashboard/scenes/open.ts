import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openPage } from '../support/page-lab.ts';
import type { Opened, PageLab } from '../support/page-lab.ts';
import { failed, succeeded, thousand } from './ends.ts';
import { campaigns, told } from './many.ts';
import { quiet, scheduled } from './quiet.ts';
import type { Scene, Shot } from './scene.ts';
import { waiting } from './waiting.ts';

export const SCENES: Readonly<Record<string, Scene>> = {
  quiet,
  scheduled,
  waiting,
  failed,
  succeeded,
  thousand,
  campaigns,
  told,
};

/** Opens a page and brings it into its state. */
export async function openShot(
  browser: Browser,
  place: PageLab,
  { path, before }: Shot,
  options: BrowserContextOptions,
): Promise<Opened> {
  const opened = await openPage(browser, place, path, options);
  const { page } = opened;
  await page.locator('h1').first().waitFor();
  await page.getByText('Loading…').first().waitFor({ state: 'detached' });
  await before?.(page);
  return opened;
}
