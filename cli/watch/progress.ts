import type { Batch, Rollout } from '../api/shapes.ts';
import type { Context, Terminal } from '../context.ts';
import { currentBatch, stateOf, waitAndWayOut } from '../show/rollout.ts';
import { cut, elapsed, idRanges, plain, scaleSetName, secondsBetween, wrap } from '../show/text.ts';

export interface Progress {
  show(rollout: Rollout): void;
  /** Says something beside the rollout's own state. */
  note(text: string): void;
}

/** A block repainted in place on a terminal; elsewhere one line for each change. */
export function startProgress(context: Context): Progress {
  const startedAt = context.clock.now();
  const sofar = () => elapsed((context.clock.now() - startedAt) / 1000);
  return context.terminal === undefined
    ? linePerChange(context.err, sofar)
    : repaintedBlock(context.err, sofar, context.terminal);
}

function linePerChange(err: Context['err'], sofar: () => string): Progress {
  let last = '';
  const say = (text: string) => err(`${sofar().padStart(6)}  ${text}\n`);
  return {
    show(rollout) {
      const now = [stateOf(rollout), waitAndWayOut(rollout)].filter(Boolean).join(': ');
      if (now !== last) say(now);
      last = now;
    },
    note: say,
  };
}

function repaintedBlock(err: Context['err'], sofar: () => string, terminal: Terminal): Progress {
  let painted = 0;
  let remark: string | undefined;
  let latest: Rollout | undefined;
  const paint = () => {
    const lines = latest === undefined ? [] : blockOf(latest, sofar(), terminal);
    if (remark !== undefined) lines.push(remark);
    const back = painted === 0 ? '' : `\u001B[${painted}A\u001B[0J`;
    err(back + lines.map((line) => `${cut(line, terminal.columns - 1)}\n`).join(''));
    painted = lines.length;
  };
  return {
    show(rollout) {
      latest = rollout;
      remark = undefined;
      paint();
    },
    note(text) {
      remark = text;
      paint();
    },
  };
}

function blockOf(rollout: Rollout, sofar: string, { rows, columns }: Terminal): string[] {
  const wait = waitAndWayOut(rollout);
  const why = wait === undefined ? [] : wrap(wait, columns - 5).map((line) => `    ${line}`);
  const batches = windowAround(rollout, Math.max(3, rows - 4 - why.length));
  return [
    `${plain(scaleSetName(rollout.scaleSet))}  ${sofar}  ${stateOf(rollout)}`,
    ...why,
    ...batches.map((batch) => batchLine(batch)),
  ];
}

const MARKS: Readonly<Record<string, string>> = {
  succeeded: '✓',
  failed: '✗',
  rolledBack: '↺',
  skipped: '-',
  pending: '·',
};

function batchLine({ name, phase, instances, startedAt, endedAt }: Batch): string {
  const took = secondsBetween(startedAt, endedAt);
  const mark = MARKS[phase] ?? '▶';
  return plain(
    `  ${mark} ${name.padEnd(18)} ${phase.padEnd(10)} ${took === undefined ? '' : `${took} s`.padEnd(7)}${idRanges(instances)}`,
  ).trimEnd();
}

/** As many batches as fit on the screen, the current one among them. */
function windowAround(rollout: Rollout, room: number): readonly Batch[] {
  const batches = rollout.batches ?? [];
  if (batches.length <= room) return batches;
  const at = Math.max(
    0,
    batches.findIndex((batch) => batch === currentBatch(rollout)),
  );
  const from = Math.min(Math.max(0, at - Math.floor(room / 2)), batches.length - room);
  return batches.slice(from, from + room);
}
