import { cut, idRanges } from '../../../cli/show/text.ts';
import { table } from '../../../cli/show/table.ts';
import { batchRows } from './batches.ts';
import { runCommand } from './command-line.ts';
import type { Passage } from './passage.ts';
import type { Service } from './service.ts';

export interface DemoRollout {
  readonly scaleSet: string;
  readonly version: string;
  /** Further arguments of `vmss-rollout start`. */
  readonly options: readonly string[];
}

export interface Around {
  readonly url: string;
  readonly service: Service;
  readonly timeScale: number;
  readonly ending: AbortSignal;
}

export interface Outcome {
  readonly exitCode: number;
  readonly passage: Passage;
}

interface Answered {
  readonly phase: string;
  readonly batches: readonly { readonly index: number; readonly instances: readonly string[] }[];
  readonly failure?: { readonly code: string; readonly message: string };
}

/** Far longer than any demo takes; it only keeps a rollout that hangs from hanging for ever. */
const TIMEOUT_SECONDS = 3600;
const WIDEST_LIST = 44;

/** One rollout by the CLI, from its command line to the table of its batches. */
export async function runRollout(rollout: DemoRollout, around: Around): Promise<Outcome> {
  const { url, service, ending } = around;
  const argv = ['start', '--scale-set', rollout.scaleSet, '--image-version', rollout.version];
  argv.push(...rollout.options, '--wait');
  console.log(`$ vmss-rollout ${argv.map((word) => shortened(word, rollout.scaleSet)).join(' ')}`);
  const before = await service.log();
  const more = ['--timeout', String(TIMEOUT_SECONDS), '--output', 'json'];
  const { exitCode, out } = await runCommand([...argv, ...more], { url, ending });
  ending.throwIfAborted();
  if (out === '') throw new Error(`the rollout was not started (exit code ${exitCode})`);
  const answer: Answered = JSON.parse(out);
  const passage = { before, during: (await service.log()).slice(before.length) };
  console.log(`\n${batchTable(passage, answer, around.timeScale)}`);
  if (answer.failure !== undefined) console.log(`failure: ${answer.failure.code}: ${answer.failure.message}`);
  console.log(`ended ${answer.phase}, exit code ${exitCode}\n`);
  return { exitCode, passage };
}

function batchTable(passage: Passage, { batches }: Answered, timeScale: number): string {
  return table(
    ['Batch', 'To image', 'Update domain', 'Instances', 'Seconds', 'Fewest serving'],
    batchRows(passage, batches).map((row) => [
      row.batch,
      row.image,
      row.updateDomains.join(', '),
      cut(idRanges(row.instances), WIDEST_LIST),
      Math.round((row.to - row.from) / 1000 / timeScale),
      row.fewestServing,
    ]),
  );
}

/** Resource ids are long; the demo has only one scale set. */
function shortened(word: string, scaleSet: string): string {
  return word === scaleSet ? `/subscriptions/…/${scaleSet.split('/').at(-1)}` : word;
}
