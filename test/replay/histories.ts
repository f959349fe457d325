import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLab } from '../lab/lab.ts';
import { generationOf } from '../lab/turns.ts';
import type { Turn } from '../lab/turns.ts';
import type { Scenario } from './scenarios.ts';

const FOLDER = join(import.meta.dirname, 'histories');

/** The last turn of each generation of each workflow of a scenario: its history holds all turns before. */
export async function recordHistory({ options, run }: Scenario): Promise<readonly Turn[]> {
  const last = new Map<string, Turn>();
  await using lab = await startLab({
    ...options,
    onTurn: (turn) => last.set(generationOf(turn.trigger), turn),
  });
  await run(lab);
  // The record has ended, its workflow has a last turn to do.
  await lab.host.advance(60_000);
  return [...last.values()];
}

/** `NAME.v2.jsonl`: a scenario, recorded by a build of runbook version 2; a line for each generation. */
export function historyFile(name: string, version: number): string {
  return join(FOLDER, `${name}.v${version}.jsonl`);
}

export interface Recorded {
  readonly name: string;
  readonly version: number;
  readonly turns: readonly Turn[];
}

export function readHistories(): readonly Recorded[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => {
      const [, name = '', version = ''] = /^(.+)\.v(\d+)\.jsonl$/.exec(file) ?? [];
      const lines = readFileSync(join(FOLDER, file), 'utf8').trim().split('\n');
      return { name, version: Number(version), turns: lines.map((line) => JSON.parse(line) as Turn) };
    });
}

/** Writes a history; one that is there already stays as it is unless `isDecided`. Answers whether it was written. */
export function keepHistory(file: string, turns: readonly Turn[], isDecided: boolean): boolean {
  if (existsSync(file) && !isDecided) return false;
  writeFileSync(file, turns.map((turn) => `${JSON.stringify(turn)}\n`).join(''));
  return true;
}
