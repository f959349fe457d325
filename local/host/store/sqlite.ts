import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { HistoryEvent, RuntimeStatus } from '../durable/wire/history.ts';
import type { ActivityTask, Commit, InstanceRecord, Message, Store } from '../ports.ts';
import { lockFolder } from './lock.ts';
import { LATER_COLUMNS, SCHEMA } from './schema.ts';

type Row = Record<string, SQLOutputValue>;

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
    close() {
      db.close();
      lock.release();
    },
  };
}

function addLaterColumns(db: DatabaseSync): void {
  const present = db
    .prepare('PRAGMA table_info(instances)')
    .all()
    .map((row) => row['name']);
  for (const column of LATER_COLUMNS) {
    if (!present.includes(column)) db.exec(`ALTER TABLE instances ADD COLUMN ${column} TEXT`);
  }
}

function prepareReads(db: DatabaseSync): Omit<Store, 'commit' | 'close'> {
  const instance = db.prepare('SELECT * FROM instances WHERE id = ?');
  const instances = db.prepare('SELECT * FROM instances ORDER BY id');
  const history = db.prepare('SELECT event FROM history WHERE id = ? ORDER BY n');
  const ready = db.prepare(
    'SELECT instanceId FROM inbox WHERE dueAt <= ? GROUP BY instanceId ORDER BY min(dueAt), min(seq)',
  );
  const due = db.prepare('SELECT * FROM inbox WHERE instanceId = ? AND dueAt <= ? ORDER BY dueAt, seq');
  const next = db.prepare('SELECT min(dueAt) AS at FROM inbox WHERE dueAt > ?');
  const activities = db.prepare('SELECT * FROM activities ORDER BY seq');
  return {
    instance(id) {
      const row = instance.get(id);
      return row === undefined ? undefined : toRecord(row);
    },
    instances: () => instances.all().map(toRecord),
    history: (id) => history.all(id).map((row) => JSON.parse(text(row, 'event')) as HistoryEvent),
    ready: (now) => ready.all(now).map((row) => text(row, 'instanceId')),
    due: (id, now) => due.all(id, now).map(toMessage),
    nextDueAt(now) {
      const at = next.get(now)?.['at'];
      return typeof at === 'number' ? at : undefined;
    },
    activities: () => activities.all().map(toActivity),
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

function toRecord(row: Row): InstanceRecord {
  return {
    instanceId: text(row, 'id'),
    name: text(row, 'name'),
    parentInstanceId: textOrNull(row, 'parentInstanceId'),
    version: textOrNull(row, 'version'),
    executionId: text(row, 'executionId'),
    status: text(row, 'status') as RuntimeStatus,
    input: textOrNull(row, 'input'),
    output: textOrNull(row, 'output'),
    customStatus: textOrNull(row, 'customStatus'),
    createdAt: Number(row['createdAt']),
    updatedAt: Number(row['updatedAt']),
  };
}

function toMessage(row: Row): Message {
  return {
    seq: Number(row['seq']),
    to: text(row, 'instanceId'),
    executionId: textOrNull(row, 'executionId'),
    dueAt: Number(row['dueAt']),
    event: JSON.parse(text(row, 'event')) as HistoryEvent,
  };
}

function toActivity(row: Row): ActivityTask {
  return {
    seq: Number(row['seq']),
    instanceId: text(row, 'instanceId'),
    executionId: text(row, 'executionId'),
    taskId: Number(row['taskId']),
    name: text(row, 'name'),
    input: textOrNull(row, 'input'),
  };
}

function text(row: Row, column: string): string {
  return String(row[column]);
}

function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : null;
}
