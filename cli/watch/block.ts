import type { Batch, Rollout } from '../api/shapes.ts';
import type { Context, Terminal } from '../context.ts';
import { heatMap } from '../show/heat-map.ts';
import { batchSpans, headSpans } from '../show/live.ts';
import { currentBatch, waitAndWayOut } from '../show/rollout.ts';
import { lineOf, type Span } from '../show/spans.ts';
import { plain, widthOf, wrap } from '../show/text.ts';
import type { Progress, Seen } from './progress.ts';

const FEWEST_BATCHES = 3;

/** A block that is painted over itself, as wide and as high as the terminal is at the time. */
export function repaintedBlock({ err, clock }: Context, terminal: Terminal, withMap: boolean): Progress {
  let widths: readonly number[] = [];
  let remark: string | undefined;
  let latest: { readonly rollout: Rollout; readonly seen: Seen } | undefined;
  const paint = () => {
    const block =
      latest === undefined
        ? []
        : blockOf(latest.rollout, latest.seen, { terminal, now: clock.now(), withMap });
    const lines: (readonly Span[])[] = remark === undefined ? [...block] : [...block, [[plain(remark)]]];
    const form = { width: terminal.columns - 1, colour: terminal.colour };
    const bare = lines.map((spans) => lineOf(spans, { ...form, colour: false }));
    err(`${upOver(widths, terminal.columns)}${lines.map((spans) => `${lineOf(spans, form)}\n`).join('')}`);
    widths = bare.map((line) => widthOf(line));
  };
  return {
    needsInstances: true,
    show(rollout, seen) {
      latest = { rollout, seen };
      remark = undefined;
      paint();
    },
    note(text) {
      remark = text;
      paint();
    },
    tick: paint,
  };
}

/** To the begin of what was painted: a terminal that became narrower has broken its lines. */
function upOver(widths: readonly number[], columns: number): string {
  const rows = widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
  return rows === 0 ? '' : `\u001B[${rows}A\u001B[0J`;
}

function blockOf(
  rollout: Rollout,
  { instances, expectedSeconds }: Seen,
  {
    terminal,
    now,
    withMap,
  }: { readonly terminal: Terminal; readonly now: number; readonly withMap: boolean },
): readonly (readonly Span[])[] {
  const { rows, columns } = terminal;
  const wait = waitAndWayOut(rollout);
  const why =
    wait === undefined ? [] : wrap(wait, columns - 5).map((line) => [[`    ${line}`]] satisfies Span[]);
  const map = withMap ? heatMap(instances) : [];
  const mapFits = map.length + why.length + FEWEST_BATCHES + 3 <= rows;
  const room = rows - 3 - why.length - (mapFits ? map.length : 0);
  const batches = windowAround(rollout, Math.max(FEWEST_BATCHES, room));
  return [
    headSpans(rollout, { now, expectedSeconds }),
    ...why,
    ...(mapFits ? map : []),
    ...batches.map((batch) => batchSpans(batch, instances, now)),
  ];
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
