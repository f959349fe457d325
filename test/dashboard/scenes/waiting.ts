import type { Page } from 'playwright-core';
import { switchPower } from '../../lab/power.ts';
import { startPageLab } from '../support/page-lab.ts';
import type { PageLab } from '../support/page-lab.ts';
import { MINUTE, newPath, setPath, shootAs } from './scene.ts';
import type { Take } from './scene.ts';

/** Fifteen instances, two domains done, the third waits for a person; two more sets that nothing happens to. */
export async function waiting(shoot: Take): Promise<void> {
  await using place = await startPageLab({
    scaleSets: [
      { name: 'web', count: 15 },
      { name: 'api', count: 12, zones: ['1', '2', '3'] },
      { name: 'batch', count: 8, upgradePolicy: { mode: 'Rolling' } },
    ],
  });
  const rollout = await atThirdDomain(place);
  await ofRollout(shoot, place, rollout);
  await ofSets(shoot, place);
  await ofForm(shoot, place);
  await shootAs(place, ['viewer'], async () => {
    await shoot(place, { name: 'scale-set-viewer', path: `${setPath('batch')}?instance=3`, height: 700 });
    await shoot(place, { name: 'rollout-viewer', path: rollout, height: 700 });
    await shoot(place, { name: 'new-rollout-viewer', path: newPath('batch'), height: 700 });
  });
}

/** The path of the rollout's page. */
async function atThirdDomain({ lab }: PageLab): Promise<string> {
  await switchPower(lab, 'deallocate', ['9']);
  const id = await lab.start({
    approvals: { before: 'batch' },
    reason: 'October image',
    labels: { pipeline: '1234' },
  });
  for (const batch of [0, 1]) {
    await lab.until(id, ({ batch: at, waitingFor }) => at === batch && waitingFor?.kind === 'approval');
    await lab.host.advance(3 * MINUTE);
    const reason = batch === 0 ? 'canary looks good' : 'error rate is flat';
    await lab.send(id, 'approve', { reason }, 'grace');
  }
  await lab.until(id, ({ batch, waitingFor }) => batch === 2 && waitingFor?.kind === 'approval');
  await lab.host.advance(12 * MINUTE);
  return `/rollouts/${id}`;
}

async function ofRollout(shoot: Take, place: PageLab, path: string): Promise<void> {
  const opening = (name: string, text: RegExp) => async (page: Page) => {
    await page.getByRole('button', { name: `${name}…` }).click();
    await page.getByRole('dialog').getByText(text).first().waitFor();
  };
  await shoot(place, { name: 'rollout-waiting', path });
  await shoot(place, {
    name: 'rollout-approving',
    path,
    before: opening('Approve update domain 2', /Reason/),
  });
  await shoot(place, {
    name: 'rollout-rollback-plan',
    path,
    before: opening('Roll back', /never fewer than/),
  });
  const lookBack = (page: Page): Promise<void> => page.getByLabel('Look back').fill('8');
  await shoot(place, { name: 'rollout-look-back', path, before: lookBack });
  const explain = async (page: Page): Promise<void> => {
    await page.getByText('Explain, and undo without this app').click();
    await page.getByText('Undo it by hand, in this order').waitFor();
    await page.getByText('Explain, and undo without this app').scrollIntoViewIfNeeded();
    await page.evaluate('scrollBy(0, 500)');
  };
  await shoot(place, { name: 'rollout-explained', path, before: explain });
  const gone = async (page: Page): Promise<void> => {
    place.gone = true;
    await page.clock.runFor(31_000);
    await page.getByText('The function app does not answer.').waitFor();
    place.gone = false;
  };
  await shoot(place, { name: 'rollout-offline', path, before: gone });
}

async function ofSets(shoot: Take, place: PageLab): Promise<void> {
  await shoot(place, { name: 'scale-sets-list', path: '/', height: 420 });
  await shoot(place, { name: 'rollouts-list', path: '/rollouts', height: 420 });
  await shoot(place, { name: 'scale-set-held', path: `${setPath('web')}?by=image&instance=7` });
  const views = async (page: Page): Promise<void> => {
    await page.getByRole('complementary').getByText('Instance view').click();
    await page.getByText('PowerState/deallocated').waitFor();
  };
  await shoot(place, {
    name: 'scale-set-views',
    path: `${setPath('web')}?by=power&instance=9`,
    before: views,
  });
  await shoot(place, { name: 'scale-set-zones', path: setPath('api') });
  const deleting = async (page: Page): Promise<void> => {
    await page.getByTitle('Choose update domain 2').click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByText('cannot be put back').waitFor();
    await page.getByLabel('Type batch to confirm').fill('batch');
  };
  await shoot(place, { name: 'scale-set-deleting', path: setPath('batch'), before: deleting });
}

async function ofForm(shoot: Take, place: PageLab): Promise<void> {
  const path = newPath('batch');
  const plan = async (page: Page): Promise<void> => {
    await page.getByLabel('Reason').fill('October image');
    await page.getByLabel('Reason').blur();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this plan' }).waitFor();
  };
  await shoot(place, { name: 'new-rollout-plan', path, height: 1500, before: plan });
  const refused = async (page: Page): Promise<void> => {
    await page.getByLabel('Down at most').fill('lots');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('alert').first().waitFor();
  };
  await shoot(place, { name: 'new-rollout-refused', path, before: refused });
  const wrong = async (page: Page): Promise<void> => {
    await page
      .getByRole('textbox', { name: /^The same as JSON/ })
      .fill('{\n  "change": {\n    "image": { "version": "latest" \n');
    await page.getByRole('alert').first().waitFor();
  };
  await shoot(place, { name: 'new-rollout-json', path, before: wrong });
  const unfold = async (page: Page): Promise<void> => {
    for (const title of ['More to change', 'Health', 'When'])
      await page.getByText(title, { exact: true }).click();
  };
  await shoot(place, { name: 'new-rollout-whole', path, height: 2000, before: unfold });
}
