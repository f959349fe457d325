import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { startIssuer } from '../../local/issuer/server.ts';
import { AUDIENCE, TENANT } from '../../local/issuer/tokens.ts';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { entraIdentity } from '../../src/functions/identity.ts';
import { createVerifier } from '../../src/identity/token.ts';
import { bindIdentity } from '../lab/bound-app.ts';
import { campaignEnd, idsOf, setsNamed, stageOf, startCampaign, untilCampaign } from '../lab/campaigns.ts';
import { writes } from '../lab/judge.ts';
import { NEW, OLD } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { patched } from '../lab/schedules.ts';
import { expectAccessible } from './support/axe.ts';
import { browserOrReason } from './support/browser.ts';
import { tabTo } from './support/keys.ts';
import { openPage, startPageLab } from './support/page-lab.ts';

const found = await browserOrReason();
afterAll(() => found?.close());

/** Only where there is one: see `skipIf` below. */
function theBrowser(): Browser {
  if (found === undefined) throw new Error('there is no browser');
  return found;
}

const canary = setsNamed('canary', 1, 2);
const rest = setsNamed('rest', 2, 2);
const all = [...canary, ...rest];
const GATED = { approval: { quorum: 1 } };

const images = (lab: Lab): readonly unknown[] =>
  all.map(({ name }) => [...new Set(Object.values(imagesNow(lab.log, name)))].join());

/** Presses a button and, in the dialog that it opens, the button of the same name. */
async function sure(page: Page, label: string, within?: (dialog: string) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: `${label}…` }).click();
  const dialog = page.getByRole('dialog');
  await within?.(await dialog.innerText());
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe.skipIf(found === undefined)('somebody with a browser and many scale sets', () => {
  // Feature [The page] A campaign: planned and started from a form, its stages and scale sets live, the stage that waits approved (M68, issue 18)
  it('plans and starts a campaign, approves its second stage with the keyboard, and sees it end', async () => {
    await using place = await startPageLab({ scaleSets: all });
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, '/campaigns');
    const { page, faults } = opened;
    await page.getByText('No change goes over many scale sets').waitFor();
    await page.getByRole('link', { name: 'New campaign' }).click();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    // What is missing, the app says: at the field, and in the list.
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel(/^Name(?! of)/).fill('October image');
    await page.getByLabel('Image version').fill(NEW);
    const [first, second] = [page.getByLabel('Resource ids').nth(0), page.getByLabel('Resource ids').nth(1)];
    await first.fill(idsOf(canary).join('\n'));
    await second.fill(idsOf(rest).join('\n'));
    await page.getByLabel('Soak after it, in seconds').first().fill('60');
    await page.getByLabel('Soak after it, in seconds').first().blur();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    const planned = page.getByRole('region', { name: 'Stages of the plan' });
    await planned.getByRole('link', { name: 'rest1' }).waitFor();
    expect(writes(lab.log)).toEqual([]);
    await expectAccessible(page, 'the form of a campaign and its plan');
    await page.getByRole('button', { name: 'Start this campaign' }).click();
    await page.waitForURL(/\/campaigns\/c-/);
    const id = page.url().split('/').at(-1) ?? '';
    await untilCampaign(lab, id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    expect(images(lab)).toEqual([NEW, OLD, OLD]);
    await page.clock.runFor(31_000);
    await page.getByRole('heading', { name: 'Stage all waits for your approval' }).waitFor();
    await page.getByRole('link', { name: /canary0 ?: done/ }).waitFor();
    await expectAccessible(page, 'a campaign that waits');

    // Nothing changes: nothing but 304 is sent for it.
    await page.clock.runFor(20_000);
    const had = place.answers.length;
    await page.clock.runFor(120_000);
    const looks = place.answers.slice(had).filter(({ path }) => path === `/api/campaigns/${id}`);
    expect(new Set(looks.map(({ status }) => status))).toEqual(new Set([304]));

    await page.goto(`${place.url}/on-call`);
    await page.getByRole('link', { name: /October image.*waits for your approval/ }).click();
    await tabTo(page, /^Approve stage all/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('2 scale sets are next').waitFor();
    await page.keyboard.type('canary looks good');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await campaignEnd(lab, id)).phase).toBe('succeeded');
    await page.clock.runFor(31_000);
    await page.getByRole('heading', { name: 'Done: 3 of 3 scale sets upgraded' }).waitFor();
    expect(images(lab)).toEqual([NEW, NEW, NEW]);
    for (const { name } of all) expect(belowFloor(lab.log, 1, name)).toEqual([]);
    expect(faults).toEqual([]);
  });

  // Feature [The page] A campaign paused, continued without a scale set, and rolled back whole, what that costs shown before (M70, M71, issue 18)
  it('pauses, skips, resumes and rolls back a campaign of a hostile name', async () => {
    const hostile = `<img src=x onerror=alert(1)>"'&amp;{{7*7}}`;
    await using place = await startPageLab({ scaleSets: all });
    const { lab } = place;
    const stages = [
      stageOf(hostile.slice(0, 60), idsOf(canary)),
      stageOf('rest', idsOf(rest), { concurrency: 1 }),
    ];
    const id = await startCampaign(lab, stages, { name: hostile, reason: hostile });
    await untilCampaign(lab, id, ({ stage, scaleSets }) => stage === 1 && scaleSets.running === 1);
    await using opened = await openPage(theBrowser(), place, `/campaigns/${id}`);
    const { page, faults } = opened;
    await page.getByRole('heading', { name: `1 · ${hostile.slice(0, 60)}` }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await sure(page, 'Pause');
    await untilCampaign(lab, id, ({ phase }) => phase === 'paused');
    await page.clock.runFor(31_000);
    await page.getByRole('heading', { name: 'Paused by ada' }).waitFor();
    await lab.host.advance(60_000);
    const sent = writes(lab.log);
    await lab.host.advance(600_000);
    expect(writes(lab.log)).toEqual(sent);
    await page.getByRole('button', { name: 'Skip scale sets…' }).click();
    await page.getByRole('dialog').getByLabel('rest1').check();
    await expectAccessible(page, 'which scale sets are skipped');
    await page.getByRole('dialog').getByRole('button', { name: 'Skip scale sets' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await sure(page, 'Resume');
    await lab.host.advance(30_000);
    await page.clock.runFor(31_000);
    await page.getByRole('button', { name: 'Roll back…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^2 scale sets/).waitFor();
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^rest\D*1 at work, about .*\n*rest0/),
      expect.stringContaining('canary0'),
    ]);
    await expectAccessible(page, 'the rollback of a campaign');
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await campaignEnd(lab, id)).phase).toBe('rolledBack');
    await page.clock.runFor(31_000);
    await page.getByRole('heading', { name: /^Rolled back/ }).waitFor();
    expect(images(lab)).toEqual([OLD, OLD, OLD]);
    expect(patched(lab, 'rest1')).toEqual([]);
    expect(faults).toEqual([]);
  });

  // Feature [The page] A stage that has spent its budget: what failed, tried again from the page, aborted, and what it had changed undone (M69, M70, issue 18)
  it('retries what failed in a stage, aborts and undoes the campaign, on a phone in the dark', async () => {
    const faults = [{ kind: 'badImage' as const, version: NEW, scaleSet: 'rest0' }];
    await using place = await startPageLab({ scaleSets: rest, faults });
    const { lab } = place;
    const id = await startCampaign(lab, [stageOf('rest', idsOf(rest))]);
    const failed = ({ phase, scaleSets }: { phase: string; scaleSets: { failed: number } }): boolean =>
      phase === 'paused' && scaleSets.failed === 1;
    await untilCampaign(lab, id, failed);
    const phone = { viewport: { width: 360, height: 800 }, colorScheme: 'dark' } as const;
    await using opened = await openPage(theBrowser(), place, `/campaigns/${id}`, phone);
    const { page, faults: said } = opened;
    await page
      .getByRole('heading', { name: '1 scale set failed in stage rest; its budget allows 0' })
      .waitFor();
    await expectAccessible(page, 'a campaign with a failure, on a phone');
    expect(await page.evaluate('document.documentElement.scrollWidth <= 360')).toBe(true);
    await sure(page, 'Retry what failed', (dialog) => {
      expect(dialog).toMatch(/rest0/);
      expect(dialog).not.toMatch(/rest1/);
      return Promise.resolve();
    });
    await untilCampaign(lab, id, ({ phase }) => phase !== 'paused');
    await untilCampaign(lab, id, failed);
    expect(patched(lab, 'rest0').filter((version) => version === NEW)).toHaveLength(2);
    await page.clock.runFor(31_000);
    await sure(page, 'Abort');
    expect((await campaignEnd(lab, id)).phase).toBe('cancelled');
    await page.clock.runFor(31_000);
    await page.getByRole('heading', { name: 'Aborted' }).waitFor();
    expect(patched(lab, 'rest1')).toEqual([NEW]);
    await sure(page, 'Undo the campaign', (dialog) => {
      expect(dialog).toMatch(/1 scale set, about[^]*rest1/);
      return Promise.resolve();
    });
    await page.getByText(`undoes ${id}`).waitFor();
    const undoing = page.url().split('/').at(-1) ?? '';
    expect((await campaignEnd(lab, undoing)).phase).toBe('rolledBack');
    expect(patched(lab, 'rest1')).toEqual([NEW, OLD]);
    expect(Object.values(imagesNow(lab.log, 'rest1'))).toEqual([OLD, OLD]);
    expect(said).toEqual([]);
  });

  // Feature [The page] What a role may not ask of a campaign stands there with the reason; an approver rejects it (G47, issue 18)
  it('as a viewer sees a campaign, may ask nothing of it, and reads why; as an approver rejects it', async () => {
    const issuer = await startIssuer(0);
    await using place = await startPageLab({ scaleSets: rest });
    const { lab } = place;
    const id = await startCampaign(lab, [stageOf('rest', idsOf(rest), GATED)]);
    await untilCampaign(lab, id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    bindIdentity(
      entraIdentity(createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE })),
    );
    try {
      const as = (user: string, role: string): Promise<string> =>
        issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, { user, roles: [role] });
      place.session = await as('victor', 'viewer');
      await using opened = await openPage(theBrowser(), place, `/campaigns/${id}`);
      const { page, faults } = opened;
      await page.getByRole('heading', { name: 'Stage rest waits for an approval' }).waitFor();
      await page.getByText('Not now').click();
      await page.getByText(/you need the role approver to approve/i).waitFor();
      await expectAccessible(page, 'a campaign, for a viewer');
      expect(await page.getByRole('button', { name: /^(Approve|Pause|Roll back|Abort)/ }).count()).toBe(0);
      await page.goto(`${place.url}/campaigns`);
      const fresh = page.getByRole('button', { name: 'New campaign' });
      await fresh.waitFor();
      expect(await fresh.getAttribute('aria-disabled')).toBe('true');
      await page.goto(`${place.url}/notices`);
      await page.getByText(/you need the role operator or admin/i).waitFor();
      await page.getByText(/you need the role admin/i).waitFor();
      await expectAccessible(page, 'notices, for a viewer');
      place.session = await as('ann', 'approver');
      await page.goto(`${place.url}/campaigns/${id}`);
      await sure(page, 'Reject');
      expect(faults).toEqual([]);
    } finally {
      bindIdentity(undefined);
      await issuer.close();
    }
    expect((await campaignEnd(lab, id)).phase).toBe('rejected');
    expect(writes(lab.log)).toEqual([]);
  });
});
