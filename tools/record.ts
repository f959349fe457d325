import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { RUNBOOK_VERSION } from '../src/orchestrators/version.ts';
import { historyFile, keepHistory, recordHistory } from '../test/replay/histories.ts';
import { SCENARIOS } from '../test/replay/scenarios.ts';

interface Options {
  readonly decision?: string;
}

/** `npm run record`: adds recorded histories of today's runbook version; one that is there is changed by decision only. */
async function main(): Promise<void> {
  const command = new Command('npm run record --')
    .description(
      "Records the workflows of scenarios for test/replay: later code must go on with today's histories.",
    )
    .argument('[name...]', 'scenarios of test/replay/scenarios.ts; all of them without a name')
    .option('--decision <file>', 'the page of docs/decisions that says why a recorded history may change')
    .parse();
  const { decision } = command.opts<Options>();
  if (decision !== undefined && !(decision.startsWith('docs/decisions/') && existsSync(decision))) {
    command.error(`error: ${decision} is no page of docs/decisions`);
  }
  const names = command.args.length > 0 ? command.args : Object.keys(SCENARIOS);
  for (const name of names) {
    const scenario = SCENARIOS[name];
    if (scenario === undefined) return command.error(`error: there is no scenario ${name}`);
    const turns = await recordHistory(scenario);
    const isKept = keepHistory(historyFile(name, RUNBOOK_VERSION), turns, decision !== undefined);
    console.log(
      `${name}: ${isKept ? `${turns.length} generations` : 'there already; --decision changes it'}`,
    );
  }
}

await main();
