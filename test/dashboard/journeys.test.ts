import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { NEW } from '../lab/lab.ts';
import { expectImages, expectSafe } from '../lab/judge.ts';
import { expectAccessible } from './support/axe.ts';
import { theBrowser } from './support/browser.ts';
import { onLabTime, startPageLab } from './support/page-lab.ts';
import type { PageLab } from './support/page-lab.ts';

const found = await theBrowser();
const browser = 'browser' in found ? found.browser : undefined;
if ('why' in found) {
  if (process.env['CI'] === 'true') throw new Error(`no browser starts here: ${found.why}`);
  console.log(`journeys through the page are skipped: no browser starts here: ${found.why}`);
}
afterAll(() => browser?.close());

async function open(place: PageLab, path: string, using: Browser): Promise<Page> {
  const page = await using.newPage();
  page.setDefaultTimeout(5000);
  await onLabTime(page, place);
  await page.goto(`${place.url}${path}`);
  return page;
}

describe.skipIf(browser === undefined)('somebody with a browser', () => {
  // Feature [The page] Follow a rollout and approve its batches from the page (Q79, Q81)
  it('finds the set, sees its domains, and approves until the rollout is done', async () => {
    if (browser === undefined) return;
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, ({ batch, waitingFor }) => batch === 1 && waitingFor?.kind === 'approval');

    const page = await open(place, '/', browser);
    await page.getByRole('link', { name: 'web', exact: true }).click();
    await page.getByRole('button', { name: /^Instance 0: done, update domain 0/ }).waitFor();
    await page.getByRole('button', { name: /^Instance 1: next, update domain 1/ }).waitFor();
    await expectAccessible(page, 'a scale set');
    await page.getByRole('link', { name: /Update domain 1 waits for your approval/ }).click();

    await page.getByRole('heading', { name: 'Update domain 1 waits for your approval' }).waitFor();
    await page.getByRole('button', { name: 'Approve update domain 1' }).click();
    await expectAccessible(page, 'a rollout that waits, and its dialog');
    await page.getByLabel('Reason').fill('looks good');
    await page.getByRole('dialog').getByRole('button', { name: 'Approve update domain 1' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    await page.clock.runFor(3000);
    await page.getByRole('heading', { name: 'Done: 6 of 6 instances on the target' }).waitFor();
    await page.getByText('Approve by ada: looks good').waitFor();
    await page.close();
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
  });
});
