import type { CDPSession, Page } from 'playwright-core';
import { SUBSCRIPTION } from '../test/lab/lab.ts';
import { browserOrReason } from '../test/dashboard/support/browser.ts';
import { startPageLab } from '../test/dashboard/support/page-lab.ts';
import type { PageLab } from '../test/dashboard/support/page-lab.ts';
import { median } from './support/median.ts';

const INSTANCES = 1000;
/** From the navigation to the painted heat map. */
const WANTED_PAINT_MS = 1000;
/** Of the main thread, for all that one look at the rollout brings. */
const WANTED_POLL_MS = 16;
const ROUNDS = 5;
const POLLS = 8;
/** The page looks every two seconds while something moves. */
const LOOK_MS = 2000;

/** Notes when the last of the cells has been painted. */
const NOTES_PAINT = `
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('button.cell').length < ${INSTANCES}) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.paintedAt = performance.now(); }));
  });
  observer.observe(document, { childList: true, subtree: true });
`;

async function paint(page: Page, address: string): Promise<number> {
  await page.goto(address);
  for (;;) {
    const paintedAt = await page.evaluate('globalThis.paintedAt');
    if (typeof paintedAt === 'number') return paintedAt;
    await page.waitForTimeout(50);
  }
}

async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** What the main thread does between two looks, of which the second brings something new. */
async function pollCosts(page: Page, { lab, answers }: PageLab): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  // What the thread computes: the machine may have other things to do.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const costs: number[] = [];
  for (let polled = 0; polled < POLLS; polled += 1) {
    await lab.host.advance(90_000);
    const from = answers.length;
    const before = await busyMs(session);
    await page.waitForTimeout(LOOK_MS);
    const looks = answers.slice(from);
    const isNew = looks.some(({ path, status }) => path.endsWith('/instances') && status === 200);
    if (isNew) costs.push((await busyMs(session)) - before);
  }
  return costs;
}

const browser = await browserOrReason();
if (browser !== undefined) {
  await using place = await startPageLab({
    scaleSets: [{ name: 'web', count: INSTANCES, properties: { singlePlacementGroup: false } }],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript(NOTES_PAINT);
  const page = await context.newPage();
  const { lab } = place;
  const id = await lab.start({ approvals: { before: [0] } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  const address = `${place.url}/scale-sets/${SUBSCRIPTION}/rollout/web`;
  const paints: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // The service limits reads, and nothing of it comes back while its time stands still.
    await lab.host.advance(60_000);
    paints.push(await paint(page, address));
  }
  await lab.send(id, 'approve');
  await lab.until(id, 'upgrading');
  await paint(page, `${place.url}/rollouts/${id}`);
  const polls = await pollCosts(page, place);
  console.log(
    `page, ${INSTANCES} instances: painted ${Math.round(median(paints))} ms after the navigation (wanted: ${WANTED_PAINT_MS}); a look that brings something new costs ${median(polls).toFixed(1)} ms of the main thread (wanted: ${WANTED_POLL_MS})`,
  );
  await browser.close();
}
