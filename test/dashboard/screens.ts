import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { startIssuer } from '../../local/issuer/server.ts';
import { AUDIENCE, TENANT } from '../../local/issuer/tokens.ts';
import { entraIdentity } from '../../src/functions/identity.ts';
import { createVerifier } from '../../src/identity/token.ts';
import { bindIdentity } from '../lab/bound-app.ts';
import { NEW, scaleSetId, SUBSCRIPTION } from '../lab/lab.ts';
import { switchPower } from '../lab/power.ts';
import { campaigns, told } from './screens-of-many.ts';
import { browserOrReason } from './support/browser.ts';
import { openPage, startPageLab } from './support/page-lab.ts';
import type { PageLab } from './support/page-lab.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs', 'images');

export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly before?: (page: Page) => Promise<void>;
}

/** Those that the documents show. */
const KEPT: ReadonlySet<string> = new Set([
  'rollout',
  'rollout-dark',
  'rollout-360',
  'scale-set',
  'acting',
  'thousand',
  'new-rollout',
  'paused',
  'on-call',
  'viewer',
  'key',
  'campaign',
  'new-campaign',
  'waits',
]);

const MINUTE = 60_000;

/** Takes pictures of the page in states that people meet: those of the documents, or with `--out DIR` all of them. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, only: { type: 'string', default: '' } },
  });
  const { out = DOCS, only } = values;
  const isMeant = ({ name }: Shot): boolean =>
    (values.out !== undefined || KEPT.has(name)) && name.includes(only);
  mkdirSync(out, { recursive: true });
  const browser = await browserOrReason();
  if (browser === undefined) return;
  for (const scene of [waiting, failed, thousand, campaigns, told]) {
    await scene(async (place, shot) => {
      if (isMeant(shot)) await take(browser, place, shot, out);
    });
  }
  await browser.close();
}

export type Take = (place: PageLab, shot: Shot) => Promise<void>;

async function take(browser: Browser, place: PageLab, shot: Shot, folder: string): Promise<void> {
  const { name, path, width = 1200, height = 860, dark = false, before } = shot;
  await using opened = await openPage(browser, place, path, {
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  });
  const { page, faults } = opened;
  await page.locator('h1').waitFor();
  await page.getByText('Loading…').first().waitFor({ state: 'detached' });
  await before?.(page);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}`);
}

const set = (name: string): string => `/scale-sets/${SUBSCRIPTION}/rollout/${name}`;
const fresh = (name: string): string =>
  `/new?${new URLSearchParams({ scaleSet: scaleSetId(name) }).toString()}`;

/** Fifteen instances, two domains done, the third waits for a person. */
async function waiting(shoot: Take): Promise<void> {
  await using place = await startPageLab({
    scaleSets: [
      { name: 'web', count: 15 },
      { name: 'api', count: 10, zones: ['1', '2', '3'] },
      { name: 'batch', count: 8, upgradePolicy: { mode: 'Rolling' } },
    ],
  });
  const { lab } = place;
  await switchPower(lab, 'deallocate', ['9']);
  const id = await lab.start({
    approvals: { before: 'batch' },
    reason: 'October image',
    labels: { pipeline: '1234' },
  });
  for (const batch of [0, 1]) {
    await lab.until(id, ({ batch: at, waitingFor }) => at === batch && waitingFor?.kind === 'approval');
    await lab.host.advance(3 * MINUTE);
    await lab.send(
      id,
      'approve',
      { reason: batch === 0 ? 'canary looks good' : 'error rate is flat' },
      'grace',
    );
  }
  await lab.until(id, ({ batch, waitingFor }) => batch === 2 && waitingFor?.kind === 'approval');
  await lab.host.advance(12 * MINUTE);
  const rollout = `/rollouts/${id}`;
  await shoot(place, { name: 'rollout', path: rollout });
  await shoot(place, { name: 'rollout-dark', path: rollout, dark: true });
  await shoot(place, { name: 'rollout-360', path: rollout, width: 360, height: 860 });
  await shoot(place, { name: 'scale-sets', path: '/', height: 420 });
  await shoot(place, { name: 'scale-sets-360', path: '/', width: 360, height: 860 });
  await shoot(place, { name: 'scale-set', path: `${set('web')}?by=image&instance=7`, height: 800 });
  await shoot(place, { name: 'scale-set-dark', path: `${set('web')}?by=power`, dark: true, height: 700 });
  await shoot(place, { name: 'scale-set-360', path: `${set('web')}?instance=9`, width: 360, height: 860 });
  await shoot(place, { name: 'zones', path: set('api'), height: 700 });
  const deleting = async (page: Page): Promise<void> => {
    await page.getByTitle('Choose update domain 2').click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByText('cannot be put back').waitFor();
    await page.getByLabel('Type batch to confirm').fill('batch');
  };
  await shoot(place, { name: 'acting', path: set('batch'), before: deleting });
  await shoot(place, { name: 'acting-dark', path: set('batch'), dark: true, before: deleting });
  await shoot(place, { name: 'acting-360', path: set('batch'), width: 360, height: 860, before: deleting });
  await shoot(place, { name: 'act-bar', path: set('batch'), height: 700 });
  await shoot(place, { name: 'act-bar-360', path: set('batch'), width: 360, height: 860 });
  await shoot(place, {
    name: 'approve',
    path: rollout,
    before: (page) => page.getByRole('button', { name: /^Approve/ }).click(),
  });
  await shoot(place, {
    name: 'way-back',
    path: rollout,
    before: async (page) => {
      await page.getByRole('button', { name: 'Roll back…' }).click();
      await page.getByText(/never fewer than/).waitFor();
    },
  });
  await shoot(place, {
    name: 'look-back',
    path: rollout,
    before: (page) => page.getByLabel('Look back').fill('8'),
  });
  const plan = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this plan' }).waitFor();
  };
  await shoot(place, { name: 'new-rollout', path: fresh('batch'), height: 1240, before: plan });
  await shoot(place, {
    name: 'new-rollout-dark',
    path: fresh('batch'),
    height: 1240,
    dark: true,
    before: plan,
  });
  await shoot(place, {
    name: 'new-rollout-360',
    path: fresh('batch'),
    width: 360,
    height: 1400,
    before: plan,
  });
  await shoot(place, {
    name: 'refused',
    path: fresh('web'),
    before: async (page) => {
      await page.getByLabel('Down at most').fill('lots');
      await page.getByRole('button', { name: 'Show the plan' }).click();
      await page.getByRole('alert').first().waitFor();
    },
  });
  const unfold = async (page: Page): Promise<void> => {
    for (const title of ['More to change', 'Health', 'When'])
      await page.getByText(title, { exact: true }).click();
  };
  await shoot(place, { name: 'whole-spec', path: fresh('batch'), height: 2300, before: unfold });
  await shoot(place, {
    name: 'whole-spec-360',
    path: fresh('batch'),
    width: 360,
    height: 2600,
    before: unfold,
  });
  await shoot(place, { name: 'nowhere', path: '/rollouts/none', height: 420 });
  const keyed = async (page: Page): Promise<void> => {
    place.key = 'a key';
    await page.reload();
    await page.getByLabel('Function key').waitFor();
    place.key = undefined;
  };
  await shoot(place, { name: 'key', path: '/', height: 480, before: keyed });
  await shoot(place, { name: 'key-360-dark', path: '/', width: 360, height: 560, dark: true, before: keyed });
  await shootAs(place, 'viewer', async () => {
    await shoot(place, { name: 'viewer', path: `${set('batch')}?instance=3`, height: 700 });
    await shoot(place, { name: 'viewer-rollout-dark', path: rollout, height: 700, dark: true });
    await shoot(place, { name: 'viewer-360', path: set('batch'), width: 360, height: 860 });
  });
  await shoot(place, {
    name: 'gone',
    path: rollout,
    before: async (page) => {
      place.gone = true;
      await page.clock.runFor(31_000);
      await page.getByText('The function app does not answer.').waitFor();
      place.gone = false;
    },
  });
}

/** What somebody sees who has one role only. */
async function shootAs(place: PageLab, role: string, shots: () => Promise<void>): Promise<void> {
  const issuer = await startIssuer(0);
  bindIdentity(entraIdentity(createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE })));
  const claims = { user: 'victor', roles: [role] };
  place.session = await issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, claims);
  await shots();
  place.session = undefined;
  bindIdentity(undefined);
  await issuer.close();
}

/** One rollout has failed and is paused, one is refused, one waits; and all writes may be frozen. */
async function failed(shoot: Take): Promise<void> {
  await using place = await startPageLab({
    scaleSets: [
      { name: 'web', count: 15 },
      { name: 'api', count: 10 },
    ],
    faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }],
  });
  const { lab } = place;
  const other = await lab.start({
    scaleSet: scaleSetId('api'),
    approvals: { before: [0] },
    reason: 'hot fix',
  });
  const id = await lab.start({ onFailure: 'pause', reason: 'October image' });
  await lab.until(id, 'paused');
  await lab.until(other, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await lab.host.advance(4 * MINUTE);
  await shoot(place, { name: 'paused', path: `/rollouts/${id}` });
  await shoot(place, { name: 'paused-360', path: `/rollouts/${id}`, width: 360, height: 860 });
  await shoot(place, { name: 'on-call', path: '/on-call', height: 700 });
  await shoot(place, { name: 'on-call-dark', path: '/on-call', height: 700, dark: true });
  await shoot(place, { name: 'on-call-360', path: '/on-call', width: 360, height: 860 });
  await shoot(place, { name: 'rollouts', path: '/rollouts', height: 500 });
  await shoot(place, { name: 'on-call-whole', path: '/on-call', height: 1500 });
  await lab.send(id, 'abort', { reason: 'wrong image' });
  await lab.toEnd(id);
  await shoot(place, { name: 'aborted', path: `/rollouts/${id}` });
  await lab.call('POST', '/freeze', { reason: 'an incident in West Europe' });
  await shoot(place, { name: 'frozen', path: '/on-call', height: 700 });
}

/** A thousand instances in ten placement groups, half-way. */
async function thousand(shoot: Take): Promise<void> {
  await using place = await startPageLab({
    scaleSets: [{ name: 'web', count: 1000, properties: { singlePlacementGroup: false } }],
  });
  const { lab } = place;
  const id = await lab.start({ approvals: { before: [2] } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await shoot(place, { name: 'thousand', path: set('web'), height: 1000 });
  await shoot(place, { name: 'thousand-360', path: set('web'), width: 360, height: 860 });
  await shoot(place, { name: 'thousand-dark', path: `/rollouts/${id}`, dark: true, height: 1000 });
}

await main();
