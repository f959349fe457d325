import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { keepRecording, recordingFile, recordMoment } from '../test/releases/recording.ts';
import { MOMENTS } from '../test/releases/scenarios.ts';

/** `npm run record:release`: what this release leaves in a storage account, for later releases to go on with. */
async function main(): Promise<void> {
  new Command('npm run record:release --')
    .description('Records what this release stores, for test/releases; what is there already stays.')
    .parse();
  for (const [name, moment] of Object.entries(MOMENTS)) {
    const file = recordingFile(manifest.version, name);
    const isKept = keepRecording(file, await recordMoment(moment));
    console.log(`${manifest.version} ${name}: ${isKept ? 'recorded' : 'there already'}`);
  }
}

await main();
