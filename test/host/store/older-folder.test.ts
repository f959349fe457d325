import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../../local/host/store/sqlite.ts';

/** The table as it was before instances had a parent and a version. */
const OLDER = `
  CREATE TABLE instances (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, executionId TEXT NOT NULL, status TEXT NOT NULL,
    input TEXT, output TEXT, customStatus TEXT, createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL
  ) WITHOUT ROWID;
  INSERT INTO instances VALUES ('kept', 'rollout', 'e1', 'Running', NULL, NULL, NULL, 1, 2);`;

it('opens a state folder that an older build wrote, and writes to it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'older-hub-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const db = new DatabaseSync(join(folder, 'hub.sqlite'));
  db.exec(OLDER);
  db.close();

  for (const parentInstanceId of [null, 'parent']) {
    const store = openSqliteStore(folder);
    const kept = store.instance('kept');
    expect(kept).toMatchObject({ status: 'Running', parentInstanceId: null, version: null });
    if (kept !== undefined) store.commit({ instances: [{ ...kept, instanceId: 'new', parentInstanceId }] });
    expect(store.instance('new')?.parentInstanceId).toBe(parentInstanceId);
    store.close();
  }
});
