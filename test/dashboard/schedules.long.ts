import { afterAll, describe, expect, it } from 'vitest';
import { NEW, WEB } from '../lab/lab.ts';
import { patched, settle, tick } from '../lab/schedules.ts';
import { expectAccessible } from './support/axe.ts';
import { browserOrReason } from './support/browser.ts';
import { openPage, startPageLab } from './support/page-lab.ts';

const browser = await browserOrReason();
afterAll(() => browser?.close());

const FAULTS = [{ kind: 'badImage' as const, version: NEW }];

describe.skipIf(browser === undefined)('somebody with a browser', () => {
  // Feature [The page] Write a schedule, see what it would do and why, let it look, release a version, delete it (issue 17)
  it('writes a schedule, lets it look, releases what has failed, and deletes it', async () => {
    if (browser === undefined) return;
    await using place = await startPageLab({ count: 2, faults: FAULTS });
    const { lab } = place;
    await using opened = await openPage(browser, place, '/');
    const { page, faults } = opened;
    const dialog = page.getByRole('dialog');
    const sure = async (label: string): Promise<void> => {
      await dialog.getByRole('button', { name: label }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await page.getByRole('link', { name: 'Schedules' }).click();
    await page.getByText('No schedule keeps').waitFor();
    await page.getByRole('button', { name: 'New schedule…' }).click();
    await dialog.getByLabel('Name').fill('monthly');
    const json = dialog.getByLabel('Schedule, as JSON');
    await json.fill('{ "channel":');
    await dialog.getByText('This is no JSON object yet.').waitFor();
    await json.fill(JSON.stringify({ scaleSets: [WEB], channel: 'oldest' }));
    await dialog.getByRole('button', { name: 'Set the schedule' }).click();
    // What is wrong in it, the app says.
    await dialog.getByText(/schedule\.channel/).waitFor();
    await json.fill(JSON.stringify({ scaleSets: [WEB] }));
    await sure('Set the schedule');

    await page.getByRole('heading', { name: 'monthly' }).waitFor();
    await page.getByRole('cell', { name: new RegExp(`Takes ${NEW}`) }).waitFor();
    await expectAccessible(page, 'a schedule');
    await page.getByRole('button', { name: 'Look now…' }).click();
    await sure('Look now');
    expect(await settle(lab)).toEqual(['rolledBack']);
    await page.clock.runFor(60_000);
    await page.getByRole('cell', { name: /is not tried again until somebody releases it/ }).waitFor();
    await page.getByRole('button', { name: `Release ${NEW}…` }).click();
    await dialog.getByLabel('Reason').fill('the extension was at fault');
    await sure('Release the version');
    await page.getByText(/released by ada.*the extension was at fault/).waitFor();
    await tick(lab);
    expect(await settle(lab)).toEqual(['rolledBack', 'rolledBack']);
    expect(patched(lab).filter((version) => version === NEW)).toHaveLength(2);

    await page.getByRole('button', { name: 'Delete…' }).click();
    await sure('Delete the schedule');
    await page.getByText('No schedule keeps').waitFor();
    expect((await lab.call('GET', '/schedules')).body.value).toEqual([]);
    expect(faults).toEqual([]);
  });
});
