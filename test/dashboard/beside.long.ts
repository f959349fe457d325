import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { SUBSCRIPTION, WEB } from '../lab/lab.ts';
import { eventsOf, noticePorts, verify } from '../lab/notices.ts';
import { changesIn, turn } from '../lab/queue-sweep.ts';
import { startReceiver } from '../lab/receiver.ts';
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

const SECRET = 'another-secret-of-more-than-32-characters';
const NARROW = { viewport: { width: 360, height: 800 }, colorScheme: 'dark' } as const;
const HOSTILE = `<img src=x onerror=alert(1)>"'&amp;{{7*7}}`;

/** Presses a button and, in the dialog that it opens, another, once it is filled in. */
async function ask(page: Page, opens: string, label: string, fill?: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: opens }).first().click();
  await fill?.();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

const isNarrow = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth <= innerWidth');

describe.skipIf(found === undefined)('somebody with a browser', () => {
  // Feature [The page] Who is told: targets and routes set from the page, no secret in it; what was given up is on call, and sent again (issue 18)
  it('sets who is told, and sends again what was given up, with no secret on the page', async () => {
    await using receiver = await startReceiver();
    const ports = noticePorts({ ROLLOUT_NOTICE_HOOK: SECRET });
    await using place = await startPageLab({ count: 2, ports });
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, '/on-call');
    const { page, faults } = opened;
    await page.getByText('No notice was given up').waitFor();
    await page.getByRole('link', { name: 'Notices' }).click();
    await page.getByText('Nobody is told anything yet.').waitFor();
    await expectAccessible(page, 'notices, of which there are none');
    const hook = { kind: 'webhook', name: 'hook', url: `${receiver.origin}/hook` };
    const settings = (secret: string): string =>
      JSON.stringify({
        targets: [{ ...hook, secret }],
        routes: [{ targets: ['hook'], kinds: ['ended'] }],
      });
    const dialog = page.getByRole('dialog');
    const json = dialog.getByLabel('Hosts, targets and routes, as JSON');
    const setIt = (): Promise<void> =>
      ask(page, 'Change…', 'Set the notices', () => json.fill(settings('ROLLOUT_NOTICE_HOOK')));
    await ask(page, 'Change…', 'Set the notices', async () => {
      await json.fill(settings('ROLLOUT_NOTICE_NONE'));
      await dialog.getByRole('button', { name: 'Set the notices' }).click();
      // What is wrong in it, the app says.
      await dialog.getByText(/settings\.targets\.0\.secret/).waitFor();
      await json.fill(settings('ROLLOUT_NOTICE_HOOK'));
      await dialog.getByLabel(/^Reason/).fill(HOSTILE);
    });
    await page.getByRole('cell', { name: 'ROLLOUT_NOTICE_HOOK' }).waitFor();
    await page.getByText(`: ${HOSTILE}`).waitFor();
    expect(await page.content()).not.toContain(SECRET);

    receiver.answer = (_request, response) => response.writeHead(503).end();
    const { id } = await lab.rollOut({ targets: { instances: ['0'] } });
    await lab.host.fireTimer('deliverNotices');
    await page.reload();
    await page.getByText('1 notice under way').waitFor();
    await page.getByText(/tried 1 time in vain, http503/).waitFor();
    await ask(page, 'Change…', 'Set the notices', () => json.fill('{}'));
    await lab.host.advance(60_000);
    await lab.host.fireTimer('deliverNotices');
    await page.goto(`${place.url}/on-call`);
    const letters = page.getByRole('region', { name: 'Dead letters' });
    await letters.getByRole('link', { name: id }).waitFor();
    await letters.getByText(/targetGone/).waitFor();
    await expectAccessible(page, 'on call, with a dead letter');
    await page.getByRole('link', { name: 'Notices' }).click();
    await page.getByText('Nobody is told anything yet.').waitFor();
    await setIt();
    receiver.answer = (_request, response) => response.writeHead(200).end();
    await ask(page, 'Resend…', 'Resend', async () => {
      await dialog.getByLabel(/^Reason/).fill('the pager is back');
      await expectAccessible(page, 'a dead letter that is sent again');
    });
    await page.getByText('No notice was given up').waitFor();
    await lab.host.fireTimer('deliverNotices');
    // The receiver has had it under one id, the last time with the secret that the page has never shown.
    expect(receiver.received.map((one) => verify(one, SECRET, lab.host.clock.now()).id)).toHaveLength(2);
    expect(eventsOf(receiver.received)).toMatchObject([{ data: { rollout: id, kind: 'ended' } }]);
    expect((await lab.call('GET', '/notices/dead-letters')).body.value).toEqual([]);
    expect(faults).toEqual([]);
  });

  // Feature [The page] Named strategies: written, every version shown, used by a rollout from the form, deleted (issue 17)
  it('writes a named strategy, starts a rollout by it, changes and deletes it', async () => {
    await using place = await startPageLab({ count: 2 });
    const { lab } = place;
    await using opened = await openPage(theBrowser(), place, '/schedules', NARROW);
    const { page, faults } = opened;
    await page.getByRole('link', { name: 'Named strategies' }).click();
    await page.getByText('No strategy has a name.').waitFor();
    const dialog = page.getByRole('dialog');
    const json = dialog.getByLabel('Strategy, as JSON');
    const careful = { strategy: { batchBy: 'count', steps: [1], maxUnavailable: 1 }, onFailure: 'halt' };
    await ask(page, 'New strategy…', 'Set the strategy', async () => {
      await dialog.getByLabel('Name').fill('careful');
      await json.fill('{ "onFailure": "weep" }');
      await dialog.getByRole('button', { name: 'Set the strategy' }).click();
      await dialog.getByText(/strategy\.onFailure/).waitFor();
      await json.fill(JSON.stringify(careful));
      await dialog.getByLabel(/^Reason/).fill(HOSTILE);
    });
    await page.getByRole('heading', { name: 'careful' }).waitFor();
    await page.getByText('In batches of 1, at most 1 down, halts after a failure.').waitFor();
    await page.getByText(`: ${HOSTILE}`).waitFor();
    await expectAccessible(page, 'a named strategy, on a phone');
    expect(await isNarrow(page)).toBe(true);

    await page.goto(`${place.url}/new?${new URLSearchParams({ scaleSet: WEB }).toString()}`);
    await page.getByLabel('Goes as').selectOption('careful');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this plan' }).click();
    await page.waitForURL(/\/rollouts\//);
    const id = page.url().split('/').at(-1) ?? '';
    expect(await lab.toEnd(id)).toMatchObject({
      phase: 'succeeded',
      namedStrategy: { name: 'careful', version: 1 },
      batches: [{ instances: ['0'] }, { instances: ['1'] }],
    });
    expect(upgradesPerInstance(lab.log)).toEqual({ '0': 1, '1': 1 });

    await page.goto(`${place.url}/strategies/careful`);
    await ask(page, 'Change…', 'Set the strategy', () =>
      json.fill(JSON.stringify({ ...careful, soakSeconds: 60 })),
    );
    await page.getByText('soaks 1 m, halts after a failure.').waitFor();
    const { body } = await lab.call('GET', '/strategies/careful');
    expect(body).toMatchObject({ number: 2, versions: [{ number: 1, reason: HOSTILE }, { number: 2 }] });
    await ask(page, 'Delete…', 'Delete the strategy');
    await page.getByText('No strategy has a name.').waitFor();
    expect((await lab.call('GET', '/strategies')).body.value).toEqual([]);
    expect(faults).toEqual([]);
  });

  // Feature [Queue] Who waits for which scale set, in order, on the page of the set and on call; queued from the form (issue 17)
  // Feature [The page] What rollouts waited for: people, windows, queue, throttling and Azure, with percentiles of each set and pipeline (issue 17)
  it('queues a rollout, sees who waits in which order, and what all of them have waited for', async () => {
    await using place = await startPageLab({ count: 2 });
    const { lab } = place;
    const first = await lab.start(
      turn('one', { approvals: { before: 'rollout' }, labels: { pipeline: HOSTILE } }),
    );
    await lab.until(first, 'waiting');
    const second = await lab.start(turn('two', { reason: HOSTILE }));
    await using opened = await openPage(theBrowser(), place, `/scale-sets/${SUBSCRIPTION}/rollout/web`);
    const { page, faults } = opened;
    await page.getByRole('link', { name: 'Queue a rollout' }).click();
    await page.getByText('its plan is made when its turn has come').waitFor();
    await page.locator('summary', { hasText: /^When/ }).click();
    expect(await page.getByLabel('While another rollout holds the set').inputValue()).toBe('queue');
    await page.getByText('stays', { exact: true }).click();
    await page.getByLabel('Reason').fill('the third');
    await page.getByLabel('Reason').blur();
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.getByRole('button', { name: 'Start this plan' }).click();
    await page.waitForURL(/\/rollouts\//);
    const third = page.url().split('/').at(-1) ?? '';
    expect((await lab.get(third)).waitingFor).toMatchObject({ kind: 'queue', place: 2, holder: first });

    const inOrder = async (): Promise<void> => {
      const queue = page.getByRole('region', { name: /^(Queue|Waiting for their turn)$/ });
      await queue.getByText(third).waitFor();
      expect(await queue.getByRole('listitem').allInnerTexts()).toEqual([
        expect.stringContaining(second),
        expect.stringContaining(third),
      ]);
    };
    await page.goto(`${place.url}/scale-sets/${SUBSCRIPTION}/rollout/web`);
    await inOrder();
    await expectAccessible(page, 'the queue of a scale set');
    await page.goto(`${place.url}/on-call`);
    await inOrder();
    await lab.host.advance(1_200_000);
    await lab.send(first, 'approve', {}, 'grace');
    for (const id of [first, second, third]) await lab.toEnd(id);
    expect(changesIn(lab)).toEqual(['one', 'two']);

    await page.setViewportSize(NARROW.viewport);
    await page.goto(`${place.url}/rollouts`);
    await page.getByRole('link', { name: 'What they wait for' }).click();
    const byPipeline = page.getByRole('region', { name: 'By pipeline' });
    await byPipeline.getByText(HOSTILE).waitFor();
    await page.getByText('half', { exact: true }).click();
    await expectAccessible(page, 'waits, on a phone');
    expect(await isNarrow(page)).toBe(true);
    const { body } = await lab.call('GET', '/waits');
    const minutes = Math.floor(body.pipelines[0].waitedSeconds.people.p50 / 60);
    expect(minutes).toBe(20);
    await byPipeline
      .getByText(new RegExp(`^${minutes} m`))
      .first()
      .waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
