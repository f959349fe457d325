import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** What each idea is called in docs/GLOSSARY.md, and the words for it that stand nowhere any more. */
const RETIRED: readonly (readonly [instead: string, retired: RegExp])[] = [
  ['the step', /\bbriefs?\b/i],
  ['event', /\bhappenings?\b/i],
  ['direction', /(?<!\bof )\bcourses?\b/i],
  ['redirect', /\b(?:turn(?:s|ed|ing)?|turning) (?:back|round)\b|\bturn(?:To|Of|Back)\b|\bTurned\b/],
  ['rollback, undo or restore', /\bways? back\b|\b(?:way|go|turn)Back\b|\bcanGoBack\b/],
  ['going forward', /\bway forward\b/],
  ['roll back', /\b(?:bring|brings|brought|bringing)(?: \w+){0,4} back\b|\bbringBack\b|\bbroughtBack\b/i],
  ['restore or release', /\b(?:give|gives|given|giving)(?: \w+){0,4} back\b|\bgive\w*Back\b|\bgivenBack\b/i],
  ['approval requested, approved', /\bgateOpened\b|\bnotOpened\b/],
  ['openBatch', /\.opened\b|\bopened:/],
  ['lost write', /\bquarantineSeconds\b/],
  ['quarantine', /\bwards?\b/i],
  ['side effect', /\.besides\b|\bbesides:|\b(?:back|still)Beside\b/],
  ['half done', /\bhalf[- ]?way\b|\bisHalfWay\b/i],
  ['joiner', /\bnewcomers?\b/i],
];

/** Where a retired word may stand: the glossary and the decision that retire it, and the names of tests. */
const ALLOWED = ['docs/GLOSSARY.md', 'docs/FEATURES.md', 'docs/decisions/0012-one-word-per-idea.md'];

const FILES = globSync(
  ['src/**/*.ts', 'cli/**/*.ts', 'dashboard/**/*.{ts,tsx}', 'docs/**/*.md', 'README.md'],
  { cwd: ROOT },
)
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !ALLOWED.includes(file))
  .sort();

/** `file:line: word` of every retired word in a text. */
function retiredIn(file: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) =>
    RETIRED.flatMap(([instead, word]) => {
      const found = word.exec(line)?.[0];
      return found === undefined ? [] : [`${file}:${index + 1}: "${found}" is ${instead}`];
    }),
  );
}

it('the glossary has at most 40 terms', () => {
  const terms = readFileSync(join(ROOT, 'docs/GLOSSARY.md'), 'utf8').match(/^\| \*\*/gm) ?? [];
  expect(terms.length).toBeGreaterThan(30);
  expect(terms.length).toBeLessThanOrEqual(40);
});

describe('a retired word', () => {
  it('stands nowhere in src, cli, dashboard and docs', () => {
    expect(FILES.length).toBeGreaterThan(200);
    const found = FILES.flatMap((file) => retiredIn(file, readFileSync(join(ROOT, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it.each([
    ['const { brief } = begun;', 'brief'],
    ['it was brought all the way back', 'way back'],
    ["kind: 'gateOpened'", 'gateOpened'],
    ['guards are given back at the end', 'given back'],
  ])('is found: %s', (text, word) => {
    expect(retiredIn('x.ts', text)).toContainEqual(expect.stringContaining(`"${word}" is`));
  });

  it.each(['of course', 'afterwards', 'forward', 'the host answers in turn'])('is not %s', (text) => {
    expect(retiredIn('x.ts', text)).toEqual([]);
  });
});
