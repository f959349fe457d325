import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Terminal } from '../../cli/context.ts';
import { typedIn, type Typed } from '../docs/transcript.ts';
import { NEW, startLab, WEB, type Lab } from '../lab/lab.ts';

/** What happens between two commands. */
type Meanwhile = (lab: Lab) => Promise<unknown>;

const latest = async (lab: Lab): Promise<string> =>
  (await lab.call('GET', '/rollouts?top=1')).body.value[0].id as string;

/** The newest rollout has come so far. */
const until =
  (phase: string): Meanwhile =>
  async (lab) =>
    lab.until(await latest(lab), phase);

const ended: Meanwhile = async (lab) => lab.toEnd(await latest(lab));

/** From now on nobody gets well on the new image in update domain 2. */
const badImage: Meanwhile = async (lab) =>
  lab.sim.inject({ kind: 'badImage', version: NEW, updateDomains: [2] });

/**
 * Every command of the command line but `completion` and `--help`, which say the same every night, in one in which each
 * has something to say. `FILE.x` is a file of the test.
 */
export const NIGHT: readonly (string | Meanwhile)[] = [
  '--version',
  'freeze',
  'freeze "incident 42"',
  'unfreeze "incident 42 is over"',
  'policy',
  'policy --set FILE.policy --reason audit',
  'audit verify',
  'audit export',
  'report --since 30d',
  'list',
  'scale-sets list',
  'scale-sets show web',
  'scale-sets instances web',
  'scale-sets instance web 3',
  'scale-sets model web',
  'scale-sets instance-view web',
  'plan --scale-set web --image-version latest',
  'start --scale-set web --image-version latest --approve-before batch --reason "November images" --label pipeline=7',
  until('waiting'),
  'wait @latest --for waiting',
  'status @latest',
  'list --phase waiting',
  'explain @latest',
  'events @latest',
  'open @latest',
  'approve @latest --batch 0 --reason "canary looks good"',
  until('upgrading'),
  until('waiting'),
  'skip @latest --batch 1',
  'pause @latest --reason "errors rise"',
  'resume @latest',
  'status @latest --instances',
  'abort @latest --reason superseded --wait',
  'status @latest --report FILE.md',
  'plan --rollback-of @latest',
  'rollback @latest',
  'start --rollback-of @latest --wait',
  'events @latest --follow',
  'start --scale-set web --image-version latest --instance 0 --soak-seconds 900 --yes -o none',
  until('soaking'),
  'rollback @latest --wait',
  'start --scale-set web --image-version latest --approve-before rollout',
  until('waiting'),
  'reject @latest --reason "not tonight"',
  ended,
  'set web tags.team=shop --wait',
  'add web virtualMachineProfile.extensionProfile.extensions name=x',
  'remove web tags.team',
  'abort @latest -o none',
  ended,
  'doctor',
  'doctor --restore web',
  'doctor --take-over web',
  ...['restart', 'power-off', 'start', 'deallocate', 'reimage', 'redeploy', 'upgrade', 'protect'].flatMap(
    (verb) => [`scale-sets ${verb} web --instance 3`, ended],
  ),
  'scale-sets power-off web --instance 3 --yes --wait',
  'scale-sets delete web --instance 4 --accept-irreversible --yes -o none',
  ended,
  'scale-sets scale web --capacity 7 --wait --yes -o none',
  'campaigns plan FILE.campaign',
  'campaigns start FILE.campaign --idempotency-key night',
  'campaigns list',
  'campaigns show CAMPAIGN',
  'campaigns approve CAMPAIGN --reason "canary looks good"',
  'campaigns pause CAMPAIGN --reason "errors rise"',
  'campaigns resume CAMPAIGN',
  'campaigns retry CAMPAIGN --scale-set web',
  'campaigns skip CAMPAIGN --scale-set web',
  'campaigns rollback CAMPAIGN',
  'campaigns reject CAMPAIGN --stage 0',
  'campaigns abort CAMPAIGN --reason superseded',
  'campaigns undo CAMPAIGN --reason "errors rise"',
  'campaigns events CAMPAIGN',
  'campaigns watch CAMPAIGN --timeout 600',
  'strategies list',
  'strategies set careful FILE.strategy --reason "what production takes"',
  'strategies show careful',
  'strategies delete careful',
  'notices show',
  'notices set FILE.notices --reason "the new pager"',
  'notices dead-letters',
  'notices resend 20261130-081500-1a2b3c4d.0:pager',
  'schedules list',
  'schedules set monthly FILE.schedule --reason "monthly images"',
  'schedules show monthly',
  'schedules explain monthly',
  'schedules run monthly',
  ended,
  'schedules release monthly 22.04.202611010 --reason "the extension was at fault"',
  'schedules delete monthly',
  badImage,
  'start --scale-set web --force reimage --instance 1,2 --on-failure pause --yes --wait',
  'retry @latest --instance 2',
  until('paused'),
  'quarantine @latest --instance 2 --reason "to debug" -o none',
  'wait @latest --for halted --timeout 30',
  'watch @latest',
];

const FILES: Readonly<Record<string, string>> = {
  'FILE.policy': '{"rules":[]}',
  'FILE.strategy': '{"health":{"stableSeconds":60}}',
  'FILE.notices': '{"hosts":[],"targets":[],"routes":[]}',
  'FILE.campaign': JSON.stringify({
    name: 'November image',
    change: { image: { version: 'latest' } },
    stages: [{ name: 'all', approval: { quorum: 1 }, groups: [{ name: 'web', scaleSets: [WEB] }] }],
  }),
  'FILE.schedule': JSON.stringify({ scaleSets: [WEB] }),
};

export interface Shown extends Typed {
  readonly line: string;
  readonly words: readonly string[];
}

/** The words of a command line, as a shell divides it; the files of the test are in a folder. */
export function wordsOf(line: string, folder: string): readonly string[] {
  return (line.match(/"[^"]*"|\S+/g) ?? [])
    .map((word) => word.replaceAll('"', ''))
    .map((word) => (word.startsWith('FILE.') ? join(folder, word) : word));
}

interface Around {
  readonly folder: string;
  readonly terminal?: Terminal;
  /** More for one command line. */
  readonly more?: (lab: Lab, line: string) => Partial<Context>;
}

/** The night before a terminal, where whoever is asked says yes, or before none. */
export async function spend({ folder, terminal, more = () => ({}) }: Around): Promise<readonly Shown[]> {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  await using lab = await startLab({ count: 5 });
  const all: Shown[] = [];
  let campaign = '';
  for (const step of NIGHT) {
    if (typeof step !== 'string') {
      await step(lab);
      continue;
    }
    // Nobody types two commands within one second, by which rollouts are told apart.
    await lab.host.advance(2000);
    const around = { ...(terminal && atTerminal(lab, terminal)), ...more(lab, step) };
    const words = wordsOf(step, folder).map((word) => (word === 'CAMPAIGN' ? campaign : word));
    const shown = await typedIn(lab, words, around);
    campaign = /\bc-\d{8}-\d{6}-[\da-f]{8}\b/.exec(shown.out)?.[0] ?? campaign;
    all.push({ line: step, words, ...shown });
  }
  return all;
}

/** Milliseconds in a second before the terminal: as many pictures as there are changes, not one each second. */
export const PACE = 10_000;

function atTerminal(lab: Lab, terminal: Terminal): Parameters<typeof typedIn>[2] {
  return {
    terminal,
    answer: 'y',
    clock: {
      now: () => lab.host.clock.now(),
      sleep: async (seconds) => lab.host.advance(seconds * PACE),
    },
  };
}
