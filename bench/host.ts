import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FunctionApp } from '../local/host/worker/app/function-app.ts';
import { loadApp } from '../local/host/worker/app/load-app.ts';
import { createHubClient } from '../local/host/hub/client.ts';
import { installFunctionsCore } from '../local/host/worker/core/install.ts';
import { countedIds } from '../local/host/drivers/ids.ts';
import { createEngine } from '../local/host/hub/engine.ts';
import type { Commit, Store } from '../local/host/ports.ts';
import { createMemoryStore } from '../local/host/store/memory.ts';
import { SCHEMA } from '../local/host/store/schema.ts';
import { openSqliteStore } from '../local/host/store/sqlite.ts';
import { median } from './support/median.ts';

const INSTANCES = 10;
const STEPS = 60;
const ROUNDS = 11;
const clock = { now: () => Date.now() };

interface Run {
  readonly turns: number;
  readonly turnMs: number;
  readonly totalMs: number;
  readonly commits: number;
}

/** What a run is made of. Keeping it costs time, so the runs that are timed do not. */
interface Script {
  readonly commits: Commit[];
  readonly triggers: string[];
}

/** Runs sequential orchestrations to their ends, one piece of work after the other, and times the turns. */
async function run(app: FunctionApp, base: Store, script?: Script): Promise<Run> {
  let commits = 0;
  const store: Store = {
    ...base,
    commit(change) {
      commits += 1;
      script?.commits.push(change);
      base.commit(change);
    },
  };
  const watched: FunctionApp = {
    ...app,
    invoke(fn, invocation) {
      if (fn.trigger.type === 'orchestrationTrigger') script?.triggers.push(invocation.data?.string ?? '');
      return app.invoke(fn, invocation);
    },
  };
  const ids = countedIds(1);
  const schema = 4;
  const engine = createEngine({ app: watched, store, clock, ids, schema, report: () => undefined });
  const client = createHubClient({ app, store, clock, ids, schema, changed: () => undefined });
  for (let index = 0; index < INSTANCES; index += 1) {
    client.start('chain', { instanceId: `chain-${index}`, input: { steps: STEPS } });
  }
  const began = performance.now();
  const worked = await workOff(engine, store);
  return { ...worked, totalMs: performance.now() - began, commits };
}

/** Until nothing is ready any more. */
async function workOff(
  engine: ReturnType<typeof createEngine>,
  store: Store,
): Promise<Pick<Run, 'turns' | 'turnMs'>> {
  let turns = 0;
  let turnMs = 0;
  for (;;) {
    const ready = store.ready(clock.now());
    const tasks = store.activities(clock.now());
    if (ready.length + tasks.length === 0) return { turns, turnMs };
    for (const id of ready) {
      const start = performance.now();
      await engine.runTurn(id);
      turnMs += performance.now() - start;
      turns += 1;
    }
    for (const task of tasks) await engine.runActivity(task);
  }
}

/** The library alone on the same triggers: parsing the history, running the orchestrator, answering. */
async function replayBare(app: FunctionApp, triggers: readonly string[]): Promise<number> {
  const fn = app.find('orchestrationTrigger', 'chain');
  if (fn === undefined) throw new Error('The app has no orchestration "chain".');
  const start = performance.now();
  for (const trigger of triggers) await app.invoke(fn, { data: { string: trigger } });
  return performance.now() - start;
}

/** The same rows in plain statements, one transaction for each commit, with the settings of the host's store. */
function commitBare(folder: string, commits: readonly Commit[]): number {
  const db = new DatabaseSync(join(folder, 'bare.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  db.exec(SCHEMA);
  const row = db.prepare('INSERT OR REPLACE INTO instances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)');
  const event = db.prepare('INSERT OR REPLACE INTO history VALUES (?, ?, ?)');
  const message = db.prepare('INSERT INTO inbox (instanceId, executionId, dueAt, event) VALUES (?, ?, ?, ?)');
  const task = db.prepare(
    'INSERT INTO activities (instanceId, executionId, taskId, name, input) VALUES (?, ?, ?, ?, ?)',
  );
  const consume = db.prepare('DELETE FROM inbox WHERE seq = ?');
  const finish = db.prepare('DELETE FROM activities WHERE seq = ?');
  const text = 'x'.repeat(150);
  const start = performance.now();
  for (const commit of commits) {
    db.exec('BEGIN IMMEDIATE');
    for (const seq of commit.consume ?? []) consume.run(seq);
    if (commit.finish !== undefined) finish.run(commit.finish);
    for (const { instanceId } of commit.instances ?? [])
      row.run(instanceId, 'n', 'e', 's', text, null, null, 1, 1);
    for (const { instanceId, keep, events } of commit.history ?? []) {
      events.forEach((_event, index) => event.run(instanceId, keep + index, text));
    }
    for (const { to } of commit.send ?? []) message.run(to, 'e', 1, text);
    for (const { instanceId, taskId } of commit.schedule ?? []) task.run(instanceId, 'e', taskId, 'n', text);
    db.exec('COMMIT');
  }
  const ms = performance.now() - start;
  db.close();
  return ms;
}

function commitStored(folder: string, commits: readonly Commit[]): number {
  const store = openSqliteStore(join(folder, 'again'));
  const start = performance.now();
  for (const commit of commits) store.commit(commit);
  const ms = performance.now() - start;
  store.close();
  return ms;
}

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
const perSecond = (count: number, ms: number): string => `${Math.round((count / ms) * 1000)}/s`;

async function main(): Promise<void> {
  const app = await loadApp(
    installFunctionsCore(),
    join(import.meta.dirname, '..', 'test', 'host', 'apps', 'chain'),
  );
  const script: Script = { commits: [], triggers: [] };
  await run(app, createMemoryStore(), script);
  await replayBare(app, script.triggers);

  const turns: number[] = [];
  const commits: number[] = [];
  const whole: number[] = [];
  let last = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-host-'));
    const bare = await replayBare(app, script.triggers);
    const inMemory = await run(app, createMemoryStore());
    turns.push(bare / inMemory.turnMs);

    const bareCommits = commitBare(folder, script.commits);
    const stored = commitStored(folder, script.commits);
    commits.push(bareCommits / stored);

    const store = openSqliteStore(join(folder, 'run'));
    const onDisk = await run(app, store);
    store.close();
    whole.push(bareCommits / inMemory.commits / (onDisk.totalMs / onDisk.commits));
    rmSync(folder, { recursive: true });
    last =
      `turns ${perSecond(inMemory.turns, inMemory.turnMs)}, bare replay ${perSecond(inMemory.turns, bare)}; ` +
      `commits ${perSecond(inMemory.commits, stored)}, bare ${perSecond(inMemory.commits, bareCommits)}`;
  }
  console.log(`host, turns in memory against bare library replay: ${percent(median(turns))} (wanted: 60 %)`);
  console.log(
    `host, commits on disk against bare sqlite commits: ${percent(median(commits))} (wanted: 60 %)`,
  );
  console.log(`host, whole runs on disk against bare sqlite commits: ${percent(median(whole))}`);
  console.log(`last round: ${last}`);
}

await main();
