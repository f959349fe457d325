import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openShot, SCENES } from './scenes/open.ts';
import type { Shot } from './scenes/scene.ts';
import { browserOrReason } from './support/browser.ts';
import type { PageLab } from './support/page-lab.ts';
import { smallPng } from './support/small-png.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs', 'images');

/** As people look at a page: the end of the picture's name, and what it is looked at with. */
const LOOKS: readonly (readonly [string, (shot: Shot) => BrowserContextOptions])[] = [
  ['', ({ height = 860 }) => ({ viewport: { width: 1200, height }, colorScheme: 'light' })],
  ['-dark', ({ height = 860 }) => ({ viewport: { width: 1200, height }, colorScheme: 'dark' })],
  ['-360', () => ({ viewport: { width: 360, height: 860 }, colorScheme: 'light' })],
];

/** Takes a picture of each page in each state, as `PAGE-STATE.png`, `-dark` and `-360`: all, or with `--only` some. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: DOCS }, only: { type: 'string', default: '' } },
  });
  const { out, only } = values;
  mkdirSync(out, { recursive: true });
  const browser = await browserOrReason();
  if (browser === undefined) return;
  for (const scene of Object.values(SCENES)) {
    await scene(async (place, shot) => {
      for (const [end, look] of LOOKS) {
        const name = `${shot.name}${end}`;
        if (!name.includes(only)) continue;
        writeFileSync(join(out, `${name}.png`), await take(browser, place, shot, look(shot)));
      }
    });
  }
  await browser.close();
}

async function take(
  browser: Browser,
  place: PageLab,
  shot: Shot,
  options: BrowserContextOptions,
): Promise<Buffer> {
  await using opened = await openShot(browser, place, shot, options);
  const { page, faults } = opened;
  await page.waitForTimeout(200);
  const picture = await page.screenshot();
  if (faults.length > 0) throw new Error(`${shot.name}: ${faults.join('; ')}`);
  return smallPng(picture);
}

await main();
