import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, scaleSetId, SUBSCRIPTION } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { switchPower } from '../lab/power.ts';
import { expectAccessible } from './support/axe.ts';
import { browserOrReason } from './support/browser.ts';
import { openPage, startPageLab } from './support/page-lab.ts';

const found = await browserOrReason();
afterAll(() => found?.close());

/** Only where there is one: see `skipIf` below. */
function theBrowser(): Browser {
  if (found === undefined) throw new Error('there is no browser');
  return found;
}

const SET_PATH = `/scale-sets/${SUBSCRIPTION}/rollout/web`;
const NEW_PATH = `/new?${new URLSearchParams({ scaleSet: scaleSetId('web') }).toString()}`;

/** What the legend says: how many of each. */
async function legendOf(page: Page): Promise<Record<string, number>> {
  const lines = await page
    .getByRole('list', { name: /^Legend/ })
    .getByRole('listitem')
    .all();
  const texts = await Promise.all(lines.map((line) => line.innerText()));
  return Object.fromEntries(
    texts.map((text) => {
      const [, label = '', count = ''] = /^\s*(.+?)\s+(\d+)\s*$/s.exec(text) ?? [];
      return [label, Number(count)];
    }),
  );
}

/** How many instances are so, by the simulator's word. */
function counted(lab: Lab, told: (instance: ReturnType<typeof instancesOf>[number]) => string) {
  const groups = Map.groupBy(instancesOf(lab), told);
  return Object.fromEntries([...groups].map(([text, { length }]) => [text, length]));
}

function instancesOf(lab: Lab) {
  return lab.sim.scaleSet('web')?.instances ?? [];
}

function withoutMessages(view: unknown): unknown {
  return JSON.parse(JSON.stringify(view, (name, value: unknown) => (name === 'message' ? undefined : value)));
}

async function halfWay(lab: Lab): Promise<string> {
  const id = await lab.start({ approvals: { before: [1] } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  return id;
}

describe.skipIf(found === undefined)('somebody who looks closer', () => {
  // Feature [The page] The list of scale sets: filtered by any word, sorted by any column (Q79)
  it('finds a set among others by a word, and by the order of a column', async () => {
    await using place = await startPageLab({
      scaleSets: [
        { name: 'web', count: 2 },
        { name: 'api', count: 4, vmSize: 'Standard_D8s_v5' },
        { name: 'batch', count: 3 },
      ],
    });
    await using opened = await openPage(theBrowser(), place, '/');
    const { page, faults } = opened;
    const names = (): Promise<string[]> => page.locator('tbody a.strong').allInnerTexts();
    await page.getByRole('link', { name: 'web', exact: true }).waitFor();
    expect(await names()).toEqual(['api', 'batch', 'web']);
    await page.getByRole('button', { name: 'Instances' }).click();
    expect(await names()).toEqual(['api', 'batch', 'web']);
    await page.getByRole('button', { name: 'Size' }).click();
    expect(await names()).toEqual(['batch', 'web', 'api']);
    await page.getByRole('searchbox').fill('d8s westeurope');
    expect(await names()).toEqual(['api']);
    await page.getByRole('searchbox').fill('nowhere');
    await page.getByText('No scale set fits the filter.').waitFor();
    await expectAccessible(page, 'a list without a set');
    expect(writes(place.lab.log)).toEqual([]);
    expect(faults).toEqual([]);
  });

  // Feature [The page] The heat map by power state, health, model, exact image or step of the rollout, with a legend (Q80)
  it('colours the instances by what they want to see', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    await switchPower(lab, 'deallocate', ['4']);
    await halfWay(lab);
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('button', { name: /^Instance 0: done/ }).waitFor();
    expect(await legendOf(page)).toEqual({ done: 2, next: 1, 'still to come': 2, 'not part of it': 1 });
    const by = async (mode: string): Promise<Record<string, number>> => {
      await page.getByRole('radio', { name: mode }).check({ force: true });
      return legendOf(page);
    };
    expect(await by('Power')).toEqual(counted(lab, ({ power }) => power));
    expect(await by('Image')).toEqual(counted(lab, ({ image }) => image));
    expect(await by('Image')).toEqual({ [OLD]: 4, [NEW]: 2 });
    expect(await by('Model')).toEqual(
      counted(lab, ({ latestModelApplied }) =>
        latestModelApplied ? 'on the latest model' : 'behind the model',
      ),
    );
    expect((await by('Health'))['healthy']).toBe(counted(lab, ({ health }) => health ?? 'none')['healthy']);
    expect(faults).toEqual([]);
  });

  // Feature [The page] An instance's model view and instance view, as text and as JSON (Q80)
  it('reads the model view and the instance view of an instance, as text and as JSON', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    await switchPower(lab, 'powerOff', ['4']);
    await using opened = await openPage(theBrowser(), place, `${SET_PATH}?instance=4`);
    const { page, faults } = opened;
    const panel = page.getByRole('complementary', { name: 'Instance 4' });
    const asJson = async (title: string): Promise<unknown> => {
      const view = panel.locator('details', { hasText: title });
      await view.getByRole('radio', { name: 'JSON' }).check({ force: true });
      return JSON.parse(await view.locator('pre').innerText());
    };
    await panel.getByText('Instance view').click();
    await panel.getByText('code: PowerState/stopped').waitFor();
    await panel.getByText('Model view').click();
    await panel.getByText(`exactVersion: ${OLD}`).waitFor();
    await expectAccessible(page, 'the views of an instance, as text');
    // What Azure itself answers, asked past the app.
    const url = `http://127.0.0.1${scaleSetId('web')}/virtualMachines/4?$expand=instanceView&api-version=2026-04-01`;
    const answer = (await (await lab.sim.fetch(new Request(url))).json()) as {
      readonly properties: Readonly<Record<string, unknown>>;
    };
    const { instanceView, ...properties } = answer.properties;
    // Messages of extensions may tell secrets, and are hidden.
    expect(withoutMessages(await asJson('Instance view'))).toEqual(withoutMessages(instanceView));
    expect(await asJson('Model view')).toMatchObject({ instanceId: '4', properties });
    await expectAccessible(page, 'the views of an instance, as JSON');
    expect(faults).toEqual([]);
  });

  // Feature [The page] The form and its JSON stay in step, both ways; wrong JSON leaves the form as it is, and says why (Q81)
  it('writes a spec in the form and as JSON, and starts what both say', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, NEW_PATH);
    const { page, faults } = opened;
    const editor = page.getByRole('textbox', { name: /^The same as JSON/ });
    const spec = async () => JSON.parse(await editor.inputValue());
    const most = page.getByLabel('Down at most');
    await most.fill('2');
    await most.blur();
    expect((await spec()).strategy).toEqual({ maxUnavailable: 2 });
    await editor.fill(
      JSON.stringify({ ...(await spec()), targets: { updateDomains: [1] }, reason: 'by hand' }),
    );
    expect(await page.getByLabel('UD 1').isChecked()).toBe(true);
    expect(await page.getByLabel('Reason').inputValue()).toBe('by hand');

    await editor.fill('{ "strategy": ');
    await page.getByRole('alert').getByText('The form stays as it is until this is right.').waitFor();
    expect(await editor.getAttribute('aria-invalid')).toBe('true');
    expect(await most.inputValue()).toBe('2');
    expect(await page.getByLabel('UD 1').isChecked()).toBe(true);
    await expectAccessible(page, 'wrong JSON');
    await editor.fill('[]');
    await page.getByRole('alert').getByText('A spec is a JSON object.').waitFor();
    // Whoever goes on in the form is shown what it says.
    await most.fill('1');
    await most.blur();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await spec()).toMatchObject({
      strategy: { maxUnavailable: 1 },
      targets: { updateDomains: [1] },
      reason: 'by hand',
    });

    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this plan' }).click();
    await page.waitForURL(/\/rollouts\//);
    const rollout = await lab.toEnd(page.url().split('/').at(-1) ?? '');
    expect(rollout).toMatchObject({ phase: 'succeeded', reason: 'by hand' });
    const upgraded = writes(lab.log).flatMap(({ instances = [] }) => instances);
    expect(upgraded).toEqual(['1']);
    expectSafe(lab, { floor: 4 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] A spec copied as command, as JSON and as a step of a pipeline (Q81)
  it('copies a spec for the command line, for the API and for a pipeline', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, NEW_PATH, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const { page, faults } = opened;
    await page.getByText('UD 2', { exact: true }).click();
    const copied = async (what: string): Promise<string> => {
      await page.getByRole('button', { name: `Copy ${what}` }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      await page.clock.runFor(2500);
      return String(await page.evaluate('navigator.clipboard.readText()'));
    };
    const json = await copied('JSON');
    const command = await copied('command');
    expect(command).toBe(`vmss-rollout start --wait --spec - <<'SPEC'\n${json}\nSPEC`);
    const step = await copied('pipeline step');
    expect(step.split('\n').map((line) => line.trim())).toEqual(
      expect.arrayContaining(command.split('\n').map((line) => line.trim())),
    );
    const { body } = await lab.call('POST', '/rollouts', JSON.parse(json));
    expect(await lab.toEnd(body.id)).toMatchObject({ phase: 'succeeded' });
    expect(writes(lab.log).flatMap(({ instances = [] }) => instances)).toEqual(['2']);
    expect(faults).toEqual([]);
  });

  it('drags the slider back through a rollout, and is back at now', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await halfWay(lab);
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
    const { page, faults } = opened;
    const before = { done: 2, next: 1, 'still to come': 3 };
    await page.getByRole('button', { name: /^Instance 0: done/ }).waitFor();
    expect(await legendOf(page)).toEqual(before);
    await page.getByLabel('Look back').fill('0');
    await expect.poll(() => legendOf(page)).toEqual({ 'still to come': 6 });
    await expectAccessible(page, 'a look back');
    await page.getByRole('button', { name: 'Now', exact: true }).click();
    await expect.poll(() => legendOf(page)).toEqual(before);
    expect(faults).toEqual([]);
  });

  // Feature [The page] What went wrong, by cause, with what Azure showed of it; the explanation in full (Q81)
  it('is shown the evidence of a failure, and how to undo it by hand', async () => {
    await using place = await startPageLab({
      count: 6,
      faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }],
    });
    const { lab } = place;
    const id = await lab.start({ onFailure: 'pause' });
    await lab.until(id, 'paused');
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
    const { page, faults } = opened;
    const wrong = page.getByRole('region', { name: 'What went wrong, and what is left' });
    await wrong.getByText('What Azure showed of instance 1').click();
    await wrong.getByText('unhealthy', { exact: false }).first().waitFor();
    await wrong.locator('pre').getByText('seenAt:').waitFor();
    await page.getByText('Explain, and undo without this app').click();
    await page.getByText('Undo it by hand, in this order').waitFor();
    await expectAccessible(page, 'a failure, explained');
    const { body } = await lab.call('GET', `/rollouts/${id}/explanation`);
    for (const command of body.undo.commands) await page.getByText(command).first().waitFor();
    await page.getByRole('button', { name: 'Roll back…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'rolledBack' });
    expectImages(lab, OLD);
    expect(faults).toEqual([]);
  });
});
