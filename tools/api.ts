import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { apiDocument } from '../src/functions/api/document.ts';
import { BEGIN, referenceOf } from './api/reference.ts';
import { operationsOf, typesOf } from './api/types.ts';

const ROOT = join(import.meta.dirname, '..');
const FORMATTER = join(ROOT, 'node_modules', 'oxfmt', 'bin', 'oxfmt');

/** What is made from the description of the API, by file. */
export function madeFromApi(): ReadonlyMap<string, string> {
  const document = apiDocument(manifest.version);
  const page = readFileSync(join(ROOT, 'docs', 'API.md'), 'utf8');
  const [prose = ''] = page.split(BEGIN);
  return new Map([
    ['client/types.ts', typesOf(document)],
    ['client/operations.ts', operationsOf(document)],
    ['docs/API.md', `${prose.trimEnd()}\n\n${referenceOf(document)}`],
  ]);
}

/** Text as it counts: how lines, tables and choices are laid out is the formatter's. */
export function bare(text: string): string {
  return text.replaceAll(/-{3,}/g, '---').replaceAll(/[\s|();,]/g, '');
}

/** `npm run api`: holds what is made from the API against it; with `--write` makes it anew. */
if (import.meta.main) {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  const stale = [...madeFromApi()].filter(
    ([file, text]) => bare(readFileSync(join(ROOT, file), 'utf8')) !== bare(text),
  );
  if (values.write) {
    for (const [file, text] of stale) writeFileSync(join(ROOT, file), text);
    // The page stays as it is made: with every table padded to its widest cell it would be three times as large.
    const formatted = stale.filter(([file]) => file.endsWith('.ts')).map(([file]) => join(ROOT, file));
    if (formatted.length > 0) execFileSync(process.execPath, [FORMATTER, ...formatted]);
  } else if (stale.length > 0) process.exitCode = 1;
  for (const [file] of stale)
    console.log(`${file} ${values.write ? 'written' : 'is not as the API is: npm run api -- --write'}`);
}
