import { PolicyVersion } from '../core/access/policy.ts';
import type { Policy } from '../core/access/policy.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store } from './port.ts';

const TABLE = 'switches';
const PARTITION = 'policy';
const STATE = 'state';

/** Before anybody has written one. */
const NO_POLICY: Policy = { rules: [] };

/** The version that stands; 0 before the first. */
export async function readPolicy({ documents }: Store): Promise<{
  readonly number: number;
  readonly policy: Policy;
}> {
  const stored = await documents.get({ table: TABLE, partition: PARTITION, row: STATE });
  if (stored === undefined) return { number: 0, policy: NO_POLICY };
  return unseal(stored.value, PolicyVersion, 'the policy');
}

/** Every version, oldest first. */
export async function listPolicyVersions({ documents }: Store): Promise<readonly PolicyVersion[]> {
  const rows = await documents.list(TABLE, PARTITION, { before: STATE });
  return rows.map(({ row, value }) => unseal(value, PolicyVersion, `policy ${row}`));
}

/** Replaces version `after` by the next one; false when another one stands by now: then nothing is changed. */
export async function replacePolicy(
  { documents }: Store,
  after: number,
  next: Omit<PolicyVersion, 'number'>,
): Promise<boolean> {
  const key = { table: TABLE, partition: PARTITION, row: STATE } as const;
  const value = seal({ number: after + 1, ...next });
  const stored = await documents.get(key);
  if (stored === undefined) {
    if (after !== 0 || (await documents.insert(key, value)) === undefined) return false;
    await documents.putAll(TABLE, PARTITION, [{ row: rowOf(1), value }]);
    return true;
  }
  if (unseal(stored.value, PolicyVersion, 'the policy').number !== after) return false;
  const done = await documents.commit({
    table: TABLE,
    partition: PARTITION,
    head: { row: STATE, etag: stored.etag, value },
    puts: [
      // The first one may have died before its version was kept.
      { row: rowOf(after), value: stored.value },
      { row: rowOf(after + 1), value },
    ],
    removes: [],
  });
  return done !== undefined;
}

/** Sorts before the state, whose name comes later in the alphabet. */
function rowOf(number: number): string {
  return `number-${String(number).padStart(8, '0')}`;
}
