import { hidesSecrets, hushedWithin } from '../../core/spec/hidden.ts';
import type { Records } from '../../store/records.ts';
import type { Store } from '../../store/port.ts';
import { readSecrets } from '../../store/secrets.ts';

/**
 * Records into which nothing goes of what the rollout keeps secret, whichever answer of Azure repeats it: that of a
 * write, of a later poll, or an extension's status in a view.
 */
export async function hushedRecords(records: Records, store: Store): Promise<Records> {
  const { id, spec } = records.record;
  if (!hidesSecrets(spec)) return records;
  const secrets = await readSecrets(store, id);
  return {
    commands: records.commands,
    // What they show moves with each commit, so it is looked up where it is.
    get record() {
      return records.record;
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
    putRows: (rows) => records.putRows(hushedWithin(rows, secrets)),
    putOperation: (operation) => records.putOperation(hushedWithin(operation, secrets)),
    commit: async (commit) => records.commit(hushedWithin(commit, secrets)),
  };
}
