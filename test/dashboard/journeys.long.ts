import type { Browser, Page } from 'playwright-core';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startIssuer } from '../../local/issuer/server.ts';
import { AUDIENCE, TENANT } from '../../local/issuer/tokens.ts';
import { upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { entraIdentity } from '../../src/functions/identity.ts';
import { createVerifier } from '../../src/identity/token.ts';
import { pageOf } from '../../src/operations/gate-link.ts';
import { bindIdentity, signIn } from '../lab/bound-app.ts';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, scaleSetId, SUBSCRIPTION } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { noticePorts } from '../lab/notices.ts';
import { recordsOf } from '../lab/records.ts';
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

const SET_PATH = `/scale-sets/${SUBSCRIPTION}/rollout/web`;

async function atApproval(lab: Lab, spec: Record<string, unknown> = {}): Promise<string> {
  const id = await lab.start({ approvals: { before: [1] }, ...spec });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  return id;
}

interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly anyOf?: readonly Described[];
}

/** Paths of all fields that a schema has, within its objects; lists are fields of their own. */
function leavesOf(schema: Described, at = ''): readonly string[] {
  const inner = [schema, ...(schema.anyOf ?? [])].flatMap(({ properties = {} }) =>
    Object.entries(properties),
  );
  if (inner.length === 0) return [at];
  return [...new Set(inner.flatMap(([name, of]) => leavesOf(of, at === '' ? name : `${at}.${name}`)))];
}

describe.skipIf(found === undefined)('somebody with a browser', () => {
  // Feature [The page] Everything works with the keyboard alone (new 15)
  it('approves with the keyboard alone', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await atApproval(lab);
    await using opened = await openPage(theBrowser(), place, SET_PATH);
    const { page, faults } = opened;
    await page.getByRole('button', { name: /^Instance 0:/ }).waitFor();
    await tabTo(page, /^Instance 0:/);
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement?.dataset?.id');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('5');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('1');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Instance 1' });
    await panel.getByText('Model view').waitFor();
    await expectAccessible(page, 'the panel of an instance');
    await page.keyboard.press('Shift+Tab');
    await page.goto(`${place.url}/rollouts/${id}`);
    await page.getByRole('heading', { name: 'Update domain 1 waits for your approval' }).waitFor();
    await tabTo(page, /^Approve update domain 1/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('seen');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] The app gone for 20 seconds: what is shown stays, says that it is old, and goes on by itself (new 15)
  it('sees what there was while the app is gone for 20 s, and what there is when it is back', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await lab.start();
    await lab.until(id, ({ batch, phase }) => batch === 1 && phase === 'upgrading');
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
    const { page, faults } = opened;
    await page.getByRole('heading', { name: /^Upgrading update domain 1/ }).waitFor();
    place.gone = true;
    await page.clock.runFor(20_000);
    await page.getByText('The function app does not answer.').waitFor();
    await page.getByRole('heading', { name: /^Upgrading update domain 1/ }).waitFor();
    await expectAccessible(page, 'a page without its app');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    place.gone = false;
    await page.clock.runFor(31_000);
    await page.getByRole('heading', { name: 'Done: 6 of 6 instances on the target' }).waitFor();
    await page.getByText('The function app does not answer.').waitFor({ state: 'detached' });
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] Texts of others are shown as texts (new 15)
  it('is shown hostile names as they are', async () => {
    const hostile = `<img src=x onerror=alert(1)>"'&amp;{{7*7}}\u202e`;
    await using place = await startPageLab({ count: 3 });
    const { lab } = place;
    signIn(hostile);
    const id = await atApproval(lab, { reason: hostile, labels: { [hostile.slice(0, 60)]: hostile } });
    for (const path of [`/rollouts/${id}`, '/rollouts', '/on-call']) {
      await using opened = await openPage(theBrowser(), place, path);
      const { page, faults } = opened;
      await page.getByText(hostile).first().waitFor();
      expect(await page.locator('img').count()).toBe(0);
      expect(faults).toEqual([]);
    }
    await using opened = await openPage(theBrowser(), place, `/rollouts/${encodeURIComponent(hostile)}`);
    await opened.page.getByText(/there is no rollout/i).waitFor();
    expect(opened.faults).toEqual([]);
    signIn('ada');
    expect(upgradesPerInstance(lab.log)).toEqual({ '0': 1 });
  });

  // Feature [The page] Freeze all writes, and lift it, from the page (Q81)
  it('freezes all writes, and lifts it again', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await lab.start();
    await lab.until(id, ({ batch, phase }) => batch === 1 && phase === 'settling');
    await using opened = await openPage(theBrowser(), place, '/on-call');
    const { page, faults } = opened;
    const freeze = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: `${name}…` }).click();
      await page.getByLabel('Reason').fill('an outage elsewhere');
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await expectAccessible(page, 'on call');
    await freeze('Freeze all writes');
    await page.getByText('Frozen: no write leaves the app').waitFor();
    const sent = writes(lab.log);
    await lab.host.advance(1_800_000);
    expect(writes(lab.log)).toEqual(sent);
    await freeze('Lift the freeze');
    await page.getByText('Not frozen').waitFor();
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] The audit, the newest first, with a search (N88)
  it('finds in the audit who approved what', async () => {
    await using place = await startPageLab({ count: 3 });
    const { lab } = place;
    const id = await atApproval(lab);
    await lab.send(id, 'approve', { reason: 'looks good' }, 'grace');
    await lab.toEnd(id);
    await using opened = await openPage(theBrowser(), place, '/on-call');
    const { page, faults } = opened;
    const audit = page.getByRole('region', { name: 'Audit' });
    await audit.getByRole('listitem').first().waitFor();
    const times: (string | null)[] = [];
    for (const one of await audit.locator('time').all()) times.push(await one.getAttribute('datetime'));
    expect(times.length).toBeGreaterThan(10);
    expect(times).toEqual(times.toSorted((one, other) => ((one ?? '') < (other ?? '') ? 1 : -1)));
    await audit.getByLabel('Search the audit').fill('approved grace');
    await audit.getByText('Grace approved update domain 1').waitFor();
    expect(await audit.getByRole('listitem').count()).toBe(1);
    await audit.getByLabel('Search the audit').fill('<b>nobody</b>');
    await audit.getByText('Nothing is recorded.').waitFor();
    await expectAccessible(page, 'on call, with its audit');
    expect(faults).toEqual([]);
  });

  // Feature [The page] The way out after a failure: retry, or roll back (Q81)
  it('is told what went wrong, skips what failed and goes on', async () => {
    await using place = await startPageLab({
      count: 6,
      faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }],
    });
    const { lab } = place;
    const id = await lab.start({ onFailure: 'pause' });
    await lab.until(id, 'paused');
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
    const { page, faults } = opened;
    await page.getByRole('heading', { name: /^Paused after a failure/ }).waitFor();
    await page.getByRole('button', { name: /^Instance 1: failed/ }).waitFor();
    await page.getByText('unhealthyAfterUpgrade on instance 1').waitFor();
    await expectAccessible(page, 'a rollout that is paused after a failure');
    const ask = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: `${name}…` }).click();
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await ask('Skip update domain 1');
    await lab.host.advance(60_000);
    await page.clock.runFor(31_000);
    await ask('Resume');
    await lab.toEnd(id);
    expect(upgradesPerInstance(lab.log)).toEqual({ '0': 1, '1': 1, '2': 1, '3': 1, '4': 1, '5': 1 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] Undo of a rollout that has ended, planned first (Q81)
  it('undoes a rollout that was aborted in between', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await atApproval(lab);
    await lab.send(id, 'abort');
    await lab.toEnd(id);
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
    const { page, faults } = opened;
    await page.getByRole('link', { name: 'Undo with a new rollout…' }).click();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this plan' }).click();
    await page.waitForURL((url) => /\/rollouts\//.test(url.href) && !url.href.endsWith(id));
    await lab.toEnd(page.url().split('/').at(-1) ?? '');
    expectImages(lab, OLD);
    expectSafe(lab, { floor: 4, mostDisruptions: 2 });
    expect(faults).toEqual([]);
  });

  // Feature [The page] A form for the whole spec: the common tenth at once, the rest folded, in step with its JSON (Q81)
  it('finds a field for all of the spec that the API describes, in step with the JSON beside it', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const path = `/new?${new URLSearchParams({ scaleSet: scaleSetId('web') }).toString()}`;
    await using opened = await openPage(theBrowser(), place, path);
    const { page, faults } = opened;
    await page.locator('details.fold').first().waitFor();
    const fields: string[] = [];
    await page.getByLabel('Batches by').selectOption('growing steps');
    // Which kind of image there is decides which of its fields is shown.
    for (const kind of ['version', 'sku', 'image id', 'disk URI']) {
      await page.getByRole('radio', { name: kind, exact: true }).dispatchEvent('click');
      for (const one of await page.locator('[data-path]').all())
        fields.push((await one.getAttribute('data-path')) ?? '');
    }
    const { body } = await lab.call('GET', '/openapi.json');
    const leaves = leavesOf(body['components'].schemas.RolloutSpec).filter((leaf) => leaf !== 'scaleSet');
    expect(leaves.length).toBeGreaterThan(50);
    expect(
      leaves.filter((leaf) => !fields.some((one) => leaf === one || leaf.startsWith(`${one}.`))),
    ).toEqual([]);

    expect(writes(lab.log)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('is told by each field what is wrong with it, and a changed spec is never started by an old plan', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const path = `/new?${new URLSearchParams({ scaleSet: scaleSetId('web') }).toString()}`;
    await using opened = await openPage(theBrowser(), place, path);
    const { page, faults } = opened;
    await page.getByLabel('Down at most').fill('banana');
    // What is drawn anew meanwhile takes no half-written word away.
    await page.getByLabel('UD 2').dispatchEvent('click');
    await page.getByLabel('UD 2').dispatchEvent('click');
    expect(await page.getByLabel('Down at most').inputValue()).toBe('banana');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByLabel('Spec').getByText('must be a count or 1% to 100%').waitFor();
    await expectAccessible(page, 'a form with a mistake');
    await page.getByLabel('Down at most').fill('1');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this plan' }).waitFor();
    const editor = page.getByRole('textbox', { name: /^The same as JSON/ });
    const spec = JSON.parse(await editor.inputValue());
    expect(spec.strategy).toEqual({ maxUnavailable: 1 });
    await editor.fill(JSON.stringify({ ...spec, targets: { instances: ['3'] } }));
    expect(await page.getByLabel('Instance ids').inputValue()).toBe('3');
    await page.getByText('The spec has changed since this plan was made').waitFor();
    expect(await page.getByRole('button', { name: 'Start this plan' }).count()).toBe(0);
    await editor.fill('{');
    await page.getByRole('alert').waitFor();
    expect(writes(lab.log)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

/** A button stands there, says why it does nothing, and does nothing. */
async function expectDenied(page: Page, name: string, why: RegExp): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');
  expect(await button.getAttribute('title')).toMatch(why);
  await button.click({ force: true });
  expect(await page.getByRole('dialog').count()).toBe(0);
}

describe.skipIf(found === undefined)('somebody whose app asks for a function key', () => {
  // Feature [The page] Where the app asks for a function key, the page takes one for this tab (new 15)
  it('enters it once, and it is kept in this tab only and in no address', async () => {
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await atApproval(lab);
    place.key = 'k3y-of-the-host==';
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
    const { page, faults } = opened;
    await page.getByRole('heading', { name: 'The app does not let you in' }).waitFor();
    await expectAccessible(page, 'a page that asks for a key');
    await page.getByLabel('Function key').fill('wrong');
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByText('The host does not take the key').waitFor();
    await page.getByLabel('Function key').fill(place.key);
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByRole('button', { name: 'Approve update domain 1…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve update domain 1' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('k3y');
    expect(await page.evaluate('Object.values(localStorage).join() + document.cookie')).toBe('');
    // Another tab has none.
    const other = await page.context().newPage();
    await other.goto(`${place.url}/`);
    await other.getByRole('heading', { name: 'The app does not let you in' }).waitFor();
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(faults).toEqual([]);
  });
});

describe.skipIf(found === undefined)('somebody who has to sign in', () => {
  // Feature [The page] A viewer sees every action on instances, and why none is theirs (G47, Q81)
  it('as a viewer is offered no action on instances, and told which role it takes', async () => {
    const issuer = await startIssuer(0);
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    bindIdentity(
      entraIdentity(createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE })),
    );
    try {
      const claims = { user: 'victor', roles: ['viewer'] };
      place.session = await issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, claims);
      await using opened = await openPage(theBrowser(), place, `${SET_PATH}?instance=3`);
      const { page, faults } = opened;
      const why = /^You need the role requester or operator to start rollouts; you have viewer/;
      for (const name of ['Upgrade…', 'Restart…', 'Reimage…', 'Power off…', 'Protect…', 'Delete…'])
        await expectDenied(page, name, why);
      await expectDenied(page, 'New rollout', /^You need the role requester, approver or operator/);
      await page
        .getByText(/^You need the role requester or operator to start rollouts/)
        .first()
        .waitFor();
      await expectAccessible(page, 'the actions, for a viewer');
      expect(faults).toEqual([]);
    } finally {
      bindIdentity(undefined);
      await issuer.close();
    }
    expect(writes(lab.log)).toEqual([]);
  });

  // Feature [The page] Signed out: the page says so and leads to the sign-in; a viewer sees everything and may do nothing (G47)
  it('signs in where the page leads, and comes back to where they were', async () => {
    const issuer = await startIssuer(0);
    const token = (user: string, roles: readonly string[]): Promise<string> =>
      issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, { user, roles });
    await using place = await startPageLab({ count: 6 });
    const { lab } = place;
    const id = await atApproval(lab);
    bindIdentity(
      entraIdentity(createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE })),
    );
    try {
      await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
      const { page, faults } = opened;
      await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
      await expectAccessible(page, 'signed out');

      place.signIn = () => token('victor', ['viewer']);
      await page.getByRole('link', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Update domain 1 waits for an approval' }).waitFor();
      expect(page.url()).toBe(`${place.url}/rollouts/${id}`);
      await page.getByText('victor@local.example · viewer').waitFor();
      await page.getByText(/You need the role approver to approve/).waitFor();
      expect(await page.getByRole('button', { name: /^(Approve|Pause|Roll back|Abort)/ }).count()).toBe(0);
      await page.goto(`${place.url}/on-call`);
      await expectDenied(page, 'Freeze all writes…', /^You need the role operator or admin to freeze/);
      await expectAccessible(page, 'on call, for a viewer');
      await page.goto(`${place.url}/new?${new URLSearchParams({ scaleSet: scaleSetId('web') }).toString()}`);
      await page.getByText(/you need the role requester or operator to start/i).waitFor();
      await page.getByRole('button', { name: 'Show the plan' }).click();
      await page.getByText(/you need the role requester, approver or operator/i).waitFor();
      await expectAccessible(page, 'a viewer who asks for a plan');
      const before = writes(lab.log);

      place.session = await token('ann', ['approver']);
      await page.goto(`${place.url}/rollouts/${id}`);
      await page.getByRole('button', { name: 'Approve update domain 1…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve update domain 1' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(writes(lab.log)).toEqual(before);
      expect(faults).toEqual([]);
    } finally {
      bindIdentity(undefined);
      await issuer.close();
    }
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
  });
});

describe.skipIf(found === undefined)('the page', () => {
  // Feature [The page] It asks only while somebody looks, and nearly always for nothing new (new 15)
  it('asks only while somebody looks, and is told nearly always that nothing is new', async () => {
    await using place = await startPageLab({ count: 15 });
    const { lab } = place;
    const id = await lab.start();
    await lab.until(id, ({ phase }) => phase === 'upgrading');
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}`);
    const { page } = opened;
    await page.getByRole('heading', { name: /^Upgrading update domain 0/ }).waitFor();
    await page.clock.runFor(4000);
    place.answers.length = 0;
    for (let polled = 0; polled < 10; polled += 1) {
      await page.clock.runFor(2000);
      // The page's time stands still until its question is answered in ours.
      await delay(50);
    }
    const polls = place.answers.filter(({ path }) => path === `/api/rollouts/${id}`);
    expect(polls.length).toBeGreaterThan(4);
    expect(polls.every(({ status }) => status === 304)).toBe(true);
    await page.evaluate(
      'Object.defineProperty(document, "hidden", { value: true }); document.dispatchEvent(new Event("visibilitychange"))',
    );
    await page.clock.runFor(3000);
    place.answers.length = 0;
    await page.clock.runFor(60_000);
    expect(place.answers).toEqual([]);
    await lab.toEnd(id);
    expectImages(lab, NEW);
  });

  // Feature [The page] The link of an approval request opens the page at its gate and approves nothing; the page says so when it has expired (S9)
  it('opens a request for an approval by its link, and approves by the button alone', async () => {
    await using place = await startPageLab({ count: 5, ports: noticePorts() });
    const { lab } = place;
    const id = await lab.start({ approvals: { before: [0] } });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    const { gate } = (await recordsOf(lab.store, id)).record;
    if (gate === undefined) throw new Error('there is no gate');
    const link = new URL(
      pageOf(id, { kind: 'approvalRequested', phase: 'waiting', message: '', ...gate }, lab.ports) ?? '',
    );
    await using opened = await openPage(theBrowser(), place, `/rollouts/${id}${link.search}`);
    const { page, faults } = opened;
    await page.getByText('is waiting for your approval.').waitFor();
    await page.reload();
    await page.getByText('is waiting for your approval.').waitFor();
    expect((await lab.get(id)).phase).toBe('waiting');
    await expectAccessible(page, 'a link to a gate');
    await page.getByRole('button', { name: /^Approve update domain 0/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Approve update domain 0/ })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    await page.reload();
    await page.getByText(/has been decided, or has expired/).waitFor();
    expect(faults).toEqual([]);
  });
});
