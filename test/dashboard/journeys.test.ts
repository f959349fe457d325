import { afterAll, describe, expect, it } from 'vitest';
import { upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { NEW, OLD, scaleSetId } from '../lab/lab.ts';
import { expectImages, expectSafe, modelImage, writes } from '../lab/judge.ts';
import { expectAccessible } from './support/axe.ts';
import { browserOrReason } from './support/browser.ts';
import { openPage, startPageLab } from './support/page-lab.ts';

const browser = await browserOrReason();
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('somebody with a browser', () => {
  // Feature [The page] Follow a rollout and approve its batches from the page (Q79, Q81)
  it('finds the set, sees its domains, and approves until the rollout is done', async () => {
    if (browser === undefined) return;
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, ({ batch, waitingFor }) => batch === 1 && waitingFor?.kind === 'approval');

    await using opened = await openPage(browser, place, '/');
    const { page, faults } = opened;
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
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] Pause, resume and roll back from the page, its plan shown first (Q81, U)
  it('pauses, resumes and rolls back, and sees the plan of the rollback before', async () => {
    if (browser === undefined) return;
    await using place = await startPageLab({ count: 3 });
    const { lab } = place;
    const id = await lab.start();
    await lab.until(id, ({ batch, phase }) => batch === 1 && phase === 'upgrading');

    await using opened = await openPage(browser, place, `/rollouts/${id}`);
    const { page, faults } = opened;
    const dialog = page.getByRole('dialog');
    const ask = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: `${name}…` }).click();
      await dialog.getByRole('button', { name }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await ask('Pause');
    await lab.until(id, 'paused');
    await lab.host.advance(60_000);
    const sent = writes(lab.log);
    await lab.host.advance(600_000);
    expect(writes(lab.log)).toEqual(sent);
    await page.clock.runFor(3000);
    await page.getByRole('heading', { name: 'Paused by ada' }).waitFor();
    await ask('Resume');
    await lab.until(id, ({ batch, phase }) => batch === 2 && phase === 'upgrading');
    await page.clock.runFor(3000);
    await page.getByRole('button', { name: 'Roll back…' }).click();
    await dialog.getByText(/in \d batch(es)?, never fewer than 2 serving/).waitFor();
    await dialog.getByText(OLD).waitFor();
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await dialog.waitFor({ state: 'detached' });

    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    await page.clock.runFor(3000);
    await page.getByRole('heading', { name: /^Rolled back/ }).waitFor();
    expectImages(lab, OLD);
    expect(modelImage(lab)).toBe(OLD);
    expectSafe(lab, { floor: 2, mostDisruptions: 2 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] A rollout from a form: the plan over the heat map, then exactly that plan (C17, Q81)
  it('starts a rollout of update domain 2 only, from the form, after its plan', async () => {
    if (browser === undefined) return;
    await using place = await startPageLab({ scaleSets: [{ name: 'web', count: 15 }] });
    const { lab } = place;
    const path = `/new?${new URLSearchParams({ scaleSet: scaleSetId('web') }).toString()}`;
    await using opened = await openPage(browser, place, path);
    const { page, faults } = opened;
    await page.getByText('UD 2', { exact: true }).click();
    await page.getByLabel('Reason').fill('October image');
    await page.getByLabel('Reason').blur();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: /^Instance 7: batch 0, update domain 2/ }).waitFor();
    await page.getByRole('button', { name: /^Instance 8: not part of it/ }).waitFor();
    expect(writes(lab.log)).toEqual([]);
    await expectAccessible(page, 'the form and its plan');
    await page.getByRole('button', { name: 'Start this plan' }).click();
    await page.waitForURL(/\/rollouts\//);

    const id = page.url().split('/').at(-1) ?? '';
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', reason: 'October image' });
    expect(upgradesPerInstance(lab.log)).toEqual({ '2': 1, '7': 1, '12': 1 });
    expectSafe(lab, { floor: 12 });
    expect(faults).toEqual([]);
  });
});
