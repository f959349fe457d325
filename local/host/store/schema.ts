/** Tables of a task hub's file. Histories and messages are kept as JSON text. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS instances (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, executionId TEXT NOT NULL, status TEXT NOT NULL,
  input TEXT, output TEXT, customStatus TEXT, createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL,
  parentInstanceId TEXT, version TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
  id TEXT NOT NULL, n INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (id, n)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, instanceId TEXT NOT NULL, executionId TEXT,
  dueAt INTEGER NOT NULL, event TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS inboxByDue ON inbox (dueAt, seq);
CREATE INDEX IF NOT EXISTS inboxByInstance ON inbox (instanceId, dueAt, seq);
CREATE TABLE IF NOT EXISTS activities (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, instanceId TEXT NOT NULL, executionId TEXT NOT NULL,
  taskId INTEGER NOT NULL, name TEXT NOT NULL, input TEXT
);
CREATE INDEX IF NOT EXISTS activitiesByInstance ON activities (instanceId);
`;

/** Columns of `instances` that folders of older builds lack; empty there. */
export const LATER_COLUMNS = ['parentInstanceId', 'version'] as const;
