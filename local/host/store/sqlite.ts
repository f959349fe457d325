import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent } from '../durable/wire/history.ts';
import type { Commit, Store, Taken } from '../ports.ts';
import { lockFolder } from './lock.ts';
import { text, toActivity, toMessage, toRecord } from './rows.ts';
import { HIDDEN_INDEXES, LATER_COLUMNS, SCHEMA } from './schema.ts';

/**
 * Keeps a task hub in a folder: WAL, every commit synced to disk, one transaction each, so that a killed process loses
 * nothing it had committed (durable-host.md 10). Throws {@link StateInUseError} while another process has the folder.
 */
export function openSqliteStore(folder: string): Store {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  const db = new DatabaseSync(join(folder, 'hub.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;');
  db.exec(SCHEMA);
  addLaterColumns(db);
  db.exec(HIDDEN_INDEXES);
  const read = prepareReads(db);
  const write = prepareWrites(db);
  return {
    ...read,
    commit(change) {
      db.exec('BEGIN IMMEDIATE');
      try {
        write(change);
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    hide: prepareHide(db),
    close() {
      db.close();
      lock.release();
    },
  };
}

function addLaterColumns(db: DatabaseSync): void {
  for (const [table, column, type] of LATER_COLUMNS) {
    const present = db.prepare(`PRAGMA table_info(${table})`).all();
    if (!present.some((row) => row['name'] === column)) {
      db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    }
  }
}

function prepareReads(db: DatabaseSync): Omit<Store, 'commit' | 'hide' | 'close'> {
  const instance = db.prepare('SELECT * FROM instances WHERE id = ?');
  const instances = db.prepare('SELECT * FROM instances ORDER BY id');
  const history = db.prepare('SELECT event FROM history WHERE id = ? ORDER BY n');
  const ready = db.prepare(
    'SELECT instanceId FROM inbox WHERE dueAt <= ? AND hiddenUntil <= ? GROUP BY instanceId ' +
      'ORDER BY min(dueAt), min(seq)',
  );
  const due = db.prepare(
    'SELECT * FROM inbox WHERE instanceId = ? AND dueAt <= ? AND hiddenUntil <= ? ORDER BY dueAt, seq',
  );
  const next = [
    'SELECT min(dueAt) AS at FROM inbox WHERE dueAt > ?',
    'SELECT min(hiddenUntil) AS at FROM inbox WHERE hiddenUntil > 0 AND hiddenUntil > ?',
    'SELECT min(hiddenUntil) AS at FROM activities WHERE hiddenUntil > 0 AND hiddenUntil > ?',
  ].map((sql) => db.prepare(sql));
  const activities = db.prepare('SELECT * FROM activities WHERE hiddenUntil <= ? ORDER BY seq');
  return {
    instance(id) {
      const row = instance.get(id);
      return row === undefined ? undefined : toRecord(row);
    },
    instances: () => instances.all().map(toRecord),
    history: (id) => history.all(id).map((row) => JSON.parse(text(row, 'event')) as HistoryEvent),
    ready: (now) => ready.all(now, now).map((row) => text(row, 'instanceId')),
    due: (id, now) => due.all(id, now, now).map(toMessage),
    nextDueAt(now) {
      const times = next.map((first) => first.get(now)?.['at']).filter((at) => typeof at === 'number');
      return times.length === 0 ? undefined : Math.min(...times);
    },
    activities: (now) => activities.all(now).map(toActivity),
  };
}

/** Not synced: the system keeps it when the process is killed, and the next commit's sync takes it along. */
function prepareHide(db: DatabaseSync): Store['hide'] {
  const hide = {
    messages: db.prepare('UPDATE inbox SET hiddenUntil = ? WHERE seq = ?'),
    activities: db.prepare('UPDATE activities SET hiddenUntil = ? WHERE seq = ?'),
  };
  return ({ kind, seqs }: Taken, until) => {
    db.exec('PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
    try {
      for (const seq of seqs) hide[kind].run(until, seq);
    } finally {
      db.exec('COMMIT; PRAGMA synchronous = FULL');
    }
  };
}

function prepareWrites(db: DatabaseSync): (change: Commit) => void {
  const purges = [
    'DELETE FROM instances WHERE id = ?',
    'DELETE FROM history WHERE id = ?',
    'DELETE FROM inbox WHERE instanceId = ?',
    'DELETE FROM activities WHERE instanceId = ?',
  ].map((sql) => db.prepare(sql));
  const consume = db.prepare('DELETE FROM inbox WHERE seq = ?');
  const finish = db.prepare('DELETE FROM activities WHERE seq = ?');
  const put = db.prepare('INSERT OR REPLACE INTO instances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const cut = db.prepare('DELETE FROM history WHERE id = ? AND n >= ?');
  const append = db.prepare('INSERT INTO history VALUES (?, ?, ?)');
  const retire = db.prepare('DELETE FROM inbox WHERE executionId = ?');
  const send = db.prepare('INSERT INTO inbox (instanceId, executionId, dueAt, event) VALUES (?, ?, ?, ?)');
  const schedule = db.prepare(
    'INSERT INTO activities (instanceId, executionId, taskId, name, input) VALUES (?, ?, ?, ?, ?)',
  );
  return (change) => {
    for (const id of change.purge ?? []) for (const purge of purges) purge.run(id);
    for (const seq of change.consume ?? []) consume.run(seq);
    if (change.finish !== undefined) finish.run(change.finish);
    for (const { instanceId, name, executionId, status, ...rest } of change.instances ?? []) {
      const { input, output, customStatus, createdAt, updatedAt, parentInstanceId, version } = rest;
      const times = [createdAt, updatedAt];
      put.run(
        instanceId,
        name,
        executionId,
        status,
        input,
        output,
        customStatus,
        ...times,
        parentInstanceId,
        version,
      );
    }
    for (const { instanceId, keep, events } of change.history ?? []) {
      cut.run(instanceId, keep);
      for (const [index, event] of events.entries())
        append.run(instanceId, keep + index, JSON.stringify(event));
    }
    for (const executionId of change.retire ?? []) retire.run(executionId);
    for (const { to, executionId, dueAt, event } of change.send ?? []) {
      send.run(to, executionId, dueAt, JSON.stringify(event));
    }
    for (const { instanceId, executionId, taskId, name, input } of change.schedule ?? []) {
      schedule.run(instanceId, executionId, taskId, name, input);
    }
  };
}
