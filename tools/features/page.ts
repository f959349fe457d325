import { NOT_YET } from './not-yet.ts';
import type { Row } from './rows.ts';

const INTRODUCTION = `# Features

Every feature with the test that proves it. This page is made from the tests: \`npm run features -- --write\` writes it, and \`npm run features\` holds it against the reports that whole runs of the lanes leave in \`.local/reports\`. A test names what it proves in a comment above it; it must have passed, in a run that is younger than the last commit and than every file that was tested, and none may prove more than three features.

A test runs the app on the embedded host against the simulator in virtual time and judges by the simulator's log; only what the command line shows is judged by what it prints.

_Source_ names where the feature was asked for: a heading of the requirements, or a row of the comparison with other systems (its table and number, such as A1; \`new 1\` is the first of the list of what none of them has).`;

/** The headings in their order, with what is to be said of all rows below. */
const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['Selection', ''],
  ['Change', ''],
  ['Batches', ''],
  [
    'Refusals and plans',
    'For each code the same spec goes to `/plans` and to `/rollouts`: no write reaches Azure, and nothing is kept but the refusal.',
  ],
  ['Pacing', ''],
  ['Health', ''],
  ['Control', ''],
  ['Undo', ''],
  ['Guards', ''],
  ['For a bad night', ''],
  ['Service behaviour that is expected', ''],
  ['API', ''],
]);

const HEADER = ['feature', 'source', 'test file', 'test'];

/** The page, before formatting; a section that is not in the list above comes after the others. */
export function pageOf(rows: readonly Row[]): string {
  const bySection = Map.groupBy(rows, ({ section }) => section);
  const names = new Set([...SECTIONS.keys(), ...[...bySection.keys()].sort()]);
  const sections = [...names].flatMap((name) => {
    const found = bySection.get(name) ?? [];
    if (found.length === 0) return [];
    const note = SECTIONS.get(name) ?? '';
    return [`## ${name}`, ...(note === '' ? [] : [note]), table(HEADER, inOrder(found).map(cellsOfRow))];
  });
  const later = table(
    ['feature', 'source', 'comes with'],
    NOT_YET.map(({ feature, source, comesWith }) => [feature, source, comesWith]),
  );
  const end = ['## Not yet', 'These come later; nothing of them is there.', later];
  return `${[INTRODUCTION, ...sections, ...end].join('\n\n')}\n`;
}

/** The rows of a page that name tests, as lines that can be compared whatever the page's formatting. */
export function linesIn(markdown: string): readonly string[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+$/.test(line))
    .map((line) => line.replaceAll(/\s+\|/g, ' |').replaceAll(/\|\s+/g, '| ').trim());
}

function inOrder(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

function cellsOfRow({ feature, source, file, test }: Row): readonly string[] {
  return [feature, source, `\`${file}\``, test];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map((cells) => line(cells))].join('\n');
}
