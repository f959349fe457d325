import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { expectImages, expectSafe, modelImage, modelOf, writes } from '../lab/judge.ts';
import { NEW, SUBSCRIPTION } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { acts, powerNow, powersOf } from '../lab/power.ts';
import { expectAccessible } from './support/axe.ts';
import { browserOrReason } from './support/browser.ts';
import { tabTo } from './support/keys.ts';
import { openPage, startPageLab } from './support/page-lab.ts';
import type { PageLab } from './support/page-lab.ts';

const found = await browserOrReason();
afterAll(() => found?.close());

/** Only where there is one: see `skipIf` below. */
function theBrowser(): Browser {
  if (found === undefined) throw new Error('there is no browser');
  return found;
}

const SET_PATH = `/scale-sets/${SUBSCRIPTION}/rollout/web`;

/** Runs the rollout whose page is shown to its end. */
async function toEnd(page: Page, { lab }: PageLab): Promise<Body> {
  await page.waitForURL(/\/rollouts\//);
  return lab.toEnd(new URL(page.url()).pathname.split('/').at(-1) ?? '');
}

/** Asks for an action, waits for its plan, types the name of the set, and does it. */
async function ask(page: Page, action: string, { confirmed = true } = {}): Promise<void> {
  await page
    .getByRole('region', { name: 'Actions' })
    .getByRole('button', { name: `${action}…`, exact: true })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('group', { name: 'Plan' }).waitFor();
  const sure = dialog.getByRole('button', { name: action, exact: true });
  if (confirmed) {
    expect(await sure.isDisabled()).toBe(true);
    await dialog.getByLabel('Type web to confirm').fill('web');
  }
  await sure.click();
}

/** Whom something was asked of, once each. */
function touched(lab: Lab, from = 0): readonly string[] {
  const ids = acts(lab, from).flatMap((act) => (act.split(' ')[1] ?? '').split(','));
  return [...new Set(ids)].sort((one, other) => Number(one) - Number(other));
}

describe.skipIf(found === undefined)('somebody who acts on instances with a browser', () => {
  // Feature [The page] Power off and start an instance from the page, its plan shown first (Q81)
  it('power-cycles an instance', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('button', { name: /^Instance 7:/ }).click();
    await page.getByRole('region', { name: 'Actions' }).getByText('Instance 7').waitFor();
    await expectAccessible(page, 'a scale set with actions');
    await ask(page, 'Power off');
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 1 } });
    expect(powerNow(lab.log, ['7'])).toEqual({ '7': 'stopped' });

    // The address names the instance: nothing else is acted on.
    await page.goto(`${place.url}${SET_PATH}?instance=7`);
    await lab.host.advance(60_000);
    await page.getByRole('region', { name: 'Actions' }).getByText('Instance 7').waitFor();
    await ask(page, 'Start', { confirmed: false });
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded' });
    expect(acts(lab)).toEqual(['powerOff 7', 'start 7']);
    expect(powersOf(lab.log, '7').at(-1)).toBe('running');
    expectSafe(lab, { floor: 12 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] Delete an instance from the page, confirmed by typing the name (Q81)
  it('deletes one, by typing the name of the set', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('button', { name: /^Instance 7:/ }).click();
    await page.getByRole('region', { name: 'Actions' }).getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByText('cannot be put back').waitFor();
    await expectAccessible(page, 'the dialog of a deletion');
    await page.getByRole('dialog').getByRole('button', { name: 'Leave it' }).click();
    expect(writes(lab.log)).toEqual([]);
    await ask(page, 'Delete');
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 1 } });
    expect(acts(lab)).toEqual(['deleteInstances 7']);
    expect(lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId)).not.toContain('7');
    expect(belowFloor(lab.log, 12)).toEqual([]);
    expect(faults).toEqual([]);
  });

  // Feature [The page] Set the capacity from the page (Q81)
  it('scales', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Scale…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('There is nothing to do.').waitFor();
    await dialog.getByLabel('Capacity').fill('18');
    await dialog.getByLabel('Capacity').blur();
    await dialog.getByText('sku.capacity').waitFor();
    await dialog.getByLabel('Type web to confirm').fill('web');
    await dialog.getByRole('button', { name: 'Scale', exact: true }).click();
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded' });
    const set = lab.sim.scaleSet('web');
    expect(set?.instances).toHaveLength(18);
    expect(set?.instances.every(({ serving }) => serving)).toBe(true);
    expect(faults).toEqual([]);
  });

  // Feature [The page] Act on an update domain, or on a selection, from the page (Q81)
  it('restarts update domain 2 only, then two others', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByTitle('Choose update domain 2').click();
    await page.getByRole('region', { name: 'Actions' }).getByText('Update domain 2').waitFor();
    await ask(page, 'Restart', { confirmed: false });
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded' });
    expect(acts(lab)).toEqual(['restart 2,7,12']);

    await page.goto(`${place.url}${SET_PATH}`);
    await lab.host.advance(60_000);
    await page.getByRole('button', { name: 'Choose several' }).click();
    await page.getByRole('button', { name: /^Instance 3:/ }).click();
    await page.getByRole('button', { name: /^Instance 8:/ }).click();
    await page.getByText('2 instances: 3, 8').waitFor();
    await ask(page, 'Protect', { confirmed: false });
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded' });
    expect(acts(lab).slice(1)).toEqual(['putInstance 3', 'putInstance 8']);
    expectSafe(lab, { floor: 12 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] Reimage an instance, or an update domain, from the page (Q81)
  it('reimages instance 7, and then update domain 2', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, `${SET_PATH}?instance=7`);
    const { page, faults } = opened;
    await page.getByRole('region', { name: 'Actions' }).getByText('Instance 7').waitFor();
    await ask(page, 'Reimage');
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 1 } });
    expect(acts(lab)).toEqual(['reimage 7']);

    await page.goto(`${place.url}${SET_PATH}`);
    await lab.host.advance(60_000);
    await page.getByTitle('Choose update domain 2').click();
    await page.getByRole('region', { name: 'Actions' }).getByText('Update domain 2').waitFor();
    await ask(page, 'Reimage');
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 3 } });
    expect(acts(lab)).toEqual(['reimage 7', 'reimage 2,7,12']);
    expectSafe(lab, { floor: 12, mostDisruptions: 2 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] Act on a fault domain, or on a zone, from the page (A3, Q81)
  it('restarts fault domain 1 only, and protects zone 2 of another set', async () => {
    await using place = await startPageLab({
      scaleSets: [
        { name: 'web', count: 6, faultDomains: 2 },
        { name: 'api', count: 6, zones: ['1', '2', '3'] },
      ],
    });
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByTitle('Choose fault domain 1').click();
    await page.getByRole('region', { name: 'Actions' }).getByText('Fault domain 1').waitFor();
    await ask(page, 'Restart', { confirmed: false });
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 3 } });
    const inDomain = lab.sim.scaleSet('web')?.instances.filter(({ faultDomain }) => faultDomain === 1);
    const ids = inDomain?.map(({ instanceId }) => instanceId) ?? [];
    expect(ids).toHaveLength(3);
    expect(touched(lab)).toEqual(ids);

    const from = lab.log.length;
    await page.goto(`${place.url}${SET_PATH.replace(/web$/, 'api')}`);
    await page.getByTitle('Choose zone 2').click();
    await page.getByRole('region', { name: 'Actions' }).getByText('Zone 2').waitFor();
    await ask(page, 'Protect', { confirmed: false });
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 2 } });
    const inZone = lab.sim.scaleSet('api')?.instances.filter(({ zone }) => zone === '2');
    expect(touched(lab, from)).toEqual(inZone?.map(({ instanceId }) => instanceId));
    expect(faults).toEqual([]);
  });

  // Feature [The page] Deallocate a whole set, after the plan has said what its floor forbids (Q81)
  it('is told by the plan what the floor forbids, and allows more', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Deallocate…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/0 of 15 instances would be left serving/).waitFor();
    await dialog.getByLabel('Type web to confirm').fill('web');
    expect(await dialog.getByRole('button', { name: 'Deallocate', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel(/Out of service at once/).fill('100%');
    await dialog.getByLabel(/Out of service at once/).blur();
    await dialog.getByRole('group', { name: 'Plan' }).waitFor();
    await dialog.getByRole('button', { name: 'Deallocate', exact: true }).click();
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expect(lab.sim.scaleSet('web')?.instances.every(({ power }) => power === 'deallocated')).toBe(true);
    expect(faults).toEqual([]);
  });

  // Feature [The page] Change the model from the page: image, size, or any path (Q81)
  it('changes the model: an image version, and a property by its path', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('link', { name: 'New rollout' }).click();
    const editor = page.getByRole('region', { name: 'Spec as JSON' }).getByRole('textbox');
    const spec = JSON.parse(await editor.inputValue());
    const path = 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled';
    spec.change = { image: { version: NEW }, set: { [path]: true } };
    await editor.fill(JSON.stringify(spec));
    await editor.blur();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByText('bootDiagnostics').first().waitFor();
    await page.getByRole('button', { name: 'Start this plan' }).click();
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expectImages(lab, NEW);
    expect(modelImage(lab)).toBe(NEW);
    const profile = modelOf(lab).properties.virtualMachineProfile;
    expect(profile.diagnosticsProfile.bootDiagnostics.enabled).toBe(true);
    expect(Object.values(upgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
    expectSafe(lab, { floor: 12 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] Act on an instance with the keyboard alone (new 15)
  it('restarts an instance with the keyboard alone', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('button', { name: /^Instance 0:/ }).waitFor();
    await tabTo(page, /^Instance 0:/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Actions' }).getByText('Instance 1', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${place.url}${SET_PATH}?instance=1`);
    await page.getByRole('region', { name: 'Actions' }).getByText('Instance 1', { exact: true }).waitFor();
    await tabTo(page, /^Restart…$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('group', { name: 'Plan' }).waitFor();
    await tabTo(page, /^Restart$/);
    await page.keyboard.press('Enter');
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 1 } });
    expect(acts(lab)).toEqual(['restart 1']);
    expectSafe(lab, { floor: 12 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] An action whose answer is lost is asked for again, and done once (new 15)
  it('asks again when the app was gone, and what was asked for is done once', async () => {
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, `${SET_PATH}?instance=7`);
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Restart…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('group', { name: 'Plan' }).waitFor();
    place.gone = true;
    await dialog.getByRole('button', { name: 'Restart', exact: true }).click();
    await dialog.getByRole('alert').getByText('The function app does not answer.').waitFor();
    await page.clock.runFor(20_000);
    expect(writes(lab.log)).toEqual([]);
    place.gone = false;
    place.losesAnswers = true;
    await dialog.getByRole('button', { name: 'Restart', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await expect
      .poll(() => dialog.getByRole('button', { name: 'Restart', exact: true }).isEnabled())
      .toBe(true);
    place.losesAnswers = false;
    await dialog.getByRole('button', { name: 'Restart', exact: true }).click();
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded' });
    expect(acts(lab)).toEqual(['restart 7']);
    expect((await lab.call('GET', '/rollouts')).body.value).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('is shown as text what somebody writes into the fields of an action', async () => {
    const hostile = `<img src=x onerror=alert(1)>"'&amp;{{7*7}}\u202e`;
    await using place = await startPageLab();
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, `${SET_PATH}?instance=7`);
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Restart…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Out of service at once/).fill(hostile);
    await dialog.getByLabel(/Out of service at once/).blur();
    await dialog.getByRole('alert').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await dialog.getByLabel(/Out of service at once/).fill('');
    await dialog.getByLabel(/Out of service at once/).blur();
    await dialog.getByRole('group', { name: 'Plan' }).waitFor();
    await dialog.getByLabel(/^Reason/).fill(hostile);
    await dialog.getByRole('button', { name: 'Restart', exact: true }).click();
    await page.waitForURL(/\/rollouts\//);
    await page.getByText(hostile).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await toEnd(page, place)).toMatchObject({ phase: 'succeeded' });
    expect(acts(lab)).toEqual(['restart 7']);
    expect(faults).toEqual([]);
  });
});
