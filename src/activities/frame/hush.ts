import { blotOf, blottedWithin } from '../../core/spec/blot.ts';
import type { Blot } from '../../core/spec/blot.ts';
import { hidesSecrets, secretTexts } from '../../core/spec/hidden.ts';
import type { Commit, Records } from '../../store/records.ts';
import type { Store } from '../../store/port.ts';
import { readSecrets } from '../../store/secrets.ts';

/**
 * Records that never store what the rollout keeps secret, whichever answer of Azure repeats it: that of a write, of a
 * later poll, or an extension's status in a view.
 */
export async function hushedRecords(records: Records, store: Store): Promise<Records> {
  const { id, spec, modelSecrets = [] } = records.record;
  const secrets = hidesSecrets(spec) ? await readSecrets(store, id) : {};
  const texts = [...secretTexts(spec, secrets), ...modelSecrets];
  if (texts.length === 0) return records;
  const blot = blotOf(texts);
  return {
    commands: records.commands,
    // What they show moves with each commit, so it is looked up where it is.
    get record() {
      return records.record;
    },
    get chain() {
      return records.chain;
    },
    get etag() {
      return records.etag;
    },
    get chunks() {
      return records.chunks;
    },
    get rows() {
      return records.rows;
    },
    get operations() {
      return records.operations;
    },
    get isChanged() {
      return records.isChanged;
    },
    putRows: (rows) => records.putRows(blottedWithin(rows, blot)),
    putOperation: (operation) => records.putOperation(blottedWithin(operation, blot)),
    commit: async (commit) => records.commit(withBlots(commit, blot)),
  };
}

/** The spec stays as it was asked for: its reason and its messages are the caller's own. */
function withBlots(commit: Commit, blot: Blot): Commit {
  const { spec } = commit.record;
  const blotted = blottedWithin(commit, blot);
  return { ...blotted, record: { ...blotted.record, spec } };
}
