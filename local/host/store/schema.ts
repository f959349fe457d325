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
  dueAt INTEGER NOT NULL, event TEXT NOT NULL, hiddenUntil INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS inboxByDue ON inbox (dueAt, seq);
CREATE INDEX IF NOT EXISTS inboxByInstance ON inbox (instanceId, dueAt, seq);
CREATE TABLE IF NOT EXISTS activities (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, instanceId TEXT NOT NULL, executionId TEXT NOT NULL,
  taskId INTEGER NOT NULL, name TEXT NOT NULL, input TEXT, hiddenUntil INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS activitiesByInstance ON activities (instanceId);
`;

/** For work that is under way, which is little at any time; made when the columns are there. */
export const HIDDEN_INDEXES = `
CREATE INDEX IF NOT EXISTS inboxHidden ON inbox (hiddenUntil) WHERE hiddenUntil > 0;
CREATE INDEX IF NOT EXISTS activitiesHidden ON activities (hiddenUntil) WHERE hiddenUntil > 0;
`;

/** Columns that folders of older builds lack, by table. */
export const LATER_COLUMNS = [
  ['instances', 'parentInstanceId', 'TEXT'],
  ['instances', 'version', 'TEXT'],
  ['inbox', 'hiddenUntil', 'INTEGER NOT NULL DEFAULT 0'],
  ['activities', 'hiddenUntil', 'INTEGER NOT NULL DEFAULT 0'],
] as const;
