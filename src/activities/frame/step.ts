import { parseScaleSetId } from '../../azure/address.ts';
import type { Heard, ScaleSetAddress } from '../../azure/port.ts';
import { readClock } from '../../core/record/active-clock.ts';
import type { Command } from '../../core/record/command.ts';
import type { RolloutRecord, Direction } from '../../core/record/rollout.ts';
import { standingOf } from '../../core/run/standing.ts';
import type { Standing } from '../../core/run/standing.ts';
import { readRecords } from '../../store/records.ts';
import type { Records } from '../../store/records.ts';
import { heeding } from './heed.ts';
import type { Words } from './heed.ts';
import { hushedRecords } from './hush.ts';
import type { StepInput } from './input.ts';
import type { Ports } from './ports.ts';

/**
 * One run of a step: what it is done for, what is known when it begins, and the world that it reaches. Functions that
 * write the record answer with the step as it is after that.
 */
export interface Step extends Ports {
  /** The batch that it is done for; 0 where it is done for the whole rollout. */
  readonly batch: number;
  /** The direction that it belongs to: it is done only while the rollout is heading there. */
  readonly direction: Direction;
  /** Where the rollout stands, its clock read. */
  readonly record: RolloutRecord;
  /** The record's version as it was read: a commit fails when somebody else has written since. */
  readonly etag: string;
  /** The rows and operations; what is put into them is written with the next commit of the record. */
  readonly records: Records;
  /** The command log. */
  readonly commands: readonly Command[];
  /** What the command log asks for. */
  readonly standing: Standing;
  readonly address: ScaleSetAddress;
  /** What Azure said of the write of this step that it did not take: events name it. */
  readonly heard?: Heard;
  /** Words of Azure that it has met and that nobody here knows. */
  readonly words: Words;
  /** When it began, milliseconds since the epoch; after a write, when that was answered. */
  readonly now: number;
}

/** `undefined` where there is no such rollout. */
export async function readStep(
  { rollout, batch, direction }: StepInput,
  ports: Ports & { readonly words?: Words },
): Promise<Step | undefined> {
  const read = await readRecords(ports.store, rollout);
  if (read === undefined) return undefined;
  const records = await hushedRecords(read, ports.store);
  const address = parseScaleSetId(records.record.scaleSet);
  if (address === undefined) throw new Error(`${records.record.scaleSet} is no scale set's id`);
  const { commands, etag } = records;
  const now = ports.clock.now();
  const record = { ...records.record, clock: readClock(records.record.clock, now) };
  const standing = standingOf(record, commands);
  const { words = new Map() } = ports;
  const compute = ports.words === undefined ? heeding(ports.compute, words) : ports.compute;
  const at = { batch, direction, address, now };
  return { ...ports, compute, words, ...at, records, record, etag, commands, standing };
}
