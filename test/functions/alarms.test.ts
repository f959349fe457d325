import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { installFunctionsCore } from '../../local/host/worker/core/install.ts';
import { ALARMS } from '../../src/core/run/alarms.ts';
import { startLab } from '../lab/lab.ts';
import { noticePorts, setNotices } from '../lab/notices.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

interface Watch extends AsyncDisposable {
  readonly lab: Lab;
  /** What a timer tells the log now. */
  alarms(timer?: string): Promise<readonly Record<string, unknown>[]>;
}

async function startWatch(options: LabOptions = {}): Promise<Watch> {
  const lines: string[] = [];
  const { log } = installFunctionsCore();
  const { sink } = log;
  log.sink = (_level, message) => void lines.push(message);
  const lab = await startLab({ count: 5, ...options });
  return {
    lab,
    async alarms(timer = 'reviveRollouts') {
      lines.length = 0;
      await lab.host.fireTimer(timer);
      return lines.flatMap((line) => {
        const at = line.indexOf('alarm {');
        return at < 0 ? [] : [JSON.parse(line.slice(at + 6))];
      });
    },
    async [Symbol.asyncDispose]() {
      log.sink = sink;
      await lab[Symbol.asyncDispose]();
    },
  };
}

const MINUTE = 60_000;

describe('an alarm', () => {
  // Feature [Operations] A line of the log for each alert: stuck, waiting too long, near the floor, access denied, frozen (Seen from outside)
  it('is raised for an approval that nobody gives, after an hour', async () => {
    await using watch = await startWatch();
    const { lab } = watch;
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    await lab.host.advance(50 * MINUTE);
    expect(await watch.alarms()).toEqual([]);
    await lab.host.advance(11 * MINUTE);
    expect(await watch.alarms()).toMatchObject([
      { alarm: 'waitingTooLong', rollout: id, phase: 'waiting', scaleSet: expect.stringMatching(/\/web$/) },
    ]);
    await lab.send(id, 'approve');
    await lab.toEnd(id);
    expect(await watch.alarms()).toEqual([]);
  });

  it('is raised for a rollout that stays paused', async () => {
    await using watch = await startWatch();
    const { lab } = watch;
    const id = await lab.start();
    await lab.send(id, 'pause', { reason: 'lunch' });
    await lab.host.advance(61 * MINUTE);
    expect(await watch.alarms()).toMatchObject([
      { alarm: 'waitingTooLong', phase: 'paused', message: 'lunch' },
    ]);
  });

  it('is raised where too few serve, after five minutes', async () => {
    await using watch = await startWatch({ count: 5 });
    const { lab } = watch;
    const id = await lab.start({ approvals: { before: 'batch' } });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    await lab.send(id, 'approve');
    await lab.until(id, ({ batch, waitingFor }) => batch === 1 && waitingFor?.kind === 'approval');
    lab.sim.inject({ kind: 'sickInstance', instances: ['3', '4'] });
    await lab.host.advance(MINUTE);
    await lab.send(id, 'approve');
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'floor');
    expect(await watch.alarms()).toEqual([]);
    await lab.host.advance(6 * MINUTE);
    expect(await watch.alarms()).toMatchObject([{ alarm: 'nearFloor', rollout: id }]);
  });

  it('is raised as soon as access is denied', async () => {
    await using watch = await startWatch();
    const { lab } = watch;
    lab.sim.inject({ kind: 'accessDenied', operation: 'manualupgrade', count: 'always' });
    const id = await lab.start();
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'access');
    expect(await watch.alarms()).toMatchObject([{ alarm: 'accessDenied', rollout: id }]);
  });

  it('is raised while all writes are frozen, with whoever did it unnamed', async () => {
    await using watch = await startWatch();
    const { lab } = watch;
    await lab.call('POST', '/freeze', { reason: 'incident 42' });
    const [alarm, ...others] = await watch.alarms();
    expect(others).toEqual([]);
    expect(alarm).toEqual({ alarm: 'frozen', since: expect.any(String), message: 'incident 42' });
  });

  // Feature [Notices] An alert tells of a notice that was given up (issue 18)
  it('is raised once for a notice that was given up', async () => {
    await using watch = await startWatch({ ports: noticePorts() });
    const { lab } = watch;
    const target = { kind: 'webhook', name: 'hook', secret: 'ROLLOUT_NOTICE_HOOK' };
    // Nobody listens there.
    const targets = [{ ...target, url: 'http://127.0.0.1:9/hook' }];
    await setNotices(lab, { targets, routes: [{ targets: ['hook'], kinds: ['phaseChanged'] }] });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    expect(await watch.alarms('deliverNotices')).toEqual([]);
    await setNotices(lab, {}, '"notices-1"');
    await lab.host.advance(2 * MINUTE);
    const alarms = await watch.alarms('deliverNotices');
    expect(new Set(alarms.map(({ alarm }) => alarm))).toEqual(new Set(['deadLetter']));
    expect(alarms[0]?.['message']).toContain('targetGone');
    expect(await watch.alarms('deliverNotices')).toEqual([]);
  });

  it('is raised for a workflow that the host calls alive and that looks no more', async () => {
    await using watch = await startWatch();
    const { lab } = watch;
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    // Its activities throw from now on: the host goes on trying.
    const { documents } = lab.store;
    const commit: typeof documents.commit = documents.commit.bind(documents);
    Object.assign(documents, { commit: () => Promise.reject(new Error('read-only')) });
    await lab.host.advance(16 * MINUTE);
    Object.assign(documents, { commit });
    expect(await watch.alarms()).toMatchObject([{ alarm: 'stuck', rollout: id }]);
  });
});

describe('every alarm', () => {
  const snapshot = readFileSync('infra/tried/two-groups.snapshot.json', 'utf8');
  const runbook = readFileSync('docs/RUNBOOK.md', 'utf8');

  it.each(ALARMS)('%s has its alert rule and its entry in the runbook', (alarm) => {
    const rules = JSON.parse(snapshot).predictedResources.filter(
      ({ type }: { type: string }) => type === 'Microsoft.Insights/scheduledQueryRules',
    );
    const mine = rules.filter((rule: object) =>
      JSON.stringify(rule).includes(`told.alarm == \\"${alarm}\\"`),
    );
    expect(mine).toHaveLength(1);
    expect(runbook).toMatch(new RegExp(`^\\| \`${alarm}\` `, 'm'));
  });
});
