import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typedIn } from '../docs/transcript.ts';
import { startLab } from '../lab/lab.ts';

export const FILE = join(import.meta.dirname, '..', '..', 'docs', 'images', 'terminal.svg');

const COMMAND = 'vmss-rollout watch';
const COLUMNS = 80;
const CELL = { width: 8.4, height: 19 };
const MARGIN = 16;
const COLOURS: Readonly<Record<string, string>> = {
  '1': '#ffffff',
  '2': '#8b949e',
  '31': '#ff7b72',
  '32': '#56d364',
  '33': '#e3b341',
};

/**
 * What stands on a terminal while the third of five update domains is upgraded: the whole product runs in virtual time,
 * in the durations of Azure, and the command line paints as it does for anybody.
 */
export async function paintedByARun(): Promise<string> {
  await using lab = await startLab({
    count: 15,
    faults: [{ kind: 'slowInstance', instances: ['7'], factor: 3 }],
  });
  await lab.start();
  const terminal = { columns: COLUMNS, rows: 30, colour: true };
  const enough = new AbortController();
  let shown: string | undefined;
  const err = (text: string): void => {
    if (shown !== undefined || !text.includes('batch 3/5') || !/[12]\/3 healthy/.test(text)) return;
    shown = readable(text).replace(/^<esc>\[\d+A<esc>\[0J/, '');
    enough.abort();
  };
  await typedIn(lab, ['watch', '-o', 'none'], { terminal, err, interrupted: enough.signal });
  if (shown === undefined) throw new Error('no picture shows the third batch half done');
  return shown;
}

/** With the terminal's commands as they can be read. */
function readable(text: string): string {
  return text.replaceAll('\u001B', '<esc>');
}

/** A terminal's text with its colours, as a drawing. */
export function drawn(text: string): string {
  const lines = [`<esc>[2m$ <esc>[0m${COMMAND}`, ...text.trimEnd().split('\n')];
  const width = COLUMNS * CELL.width + 2 * MARGIN;
  const height = lines.length * CELL.height + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${COMMAND}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="#e6edf3" xml:space="preserve">`,
    ...lines.map((line, row) => `<text y="${MARGIN + (row + 0.75) * CELL.height}">${spansOf(line)}</text>`),
    '</g>',
    '</svg>\n',
  ].join('\n');
}

/** Each piece of one colour at the column where it begins, so that no font shifts what follows. */
function spansOf(line: string): string {
  let column = 0;
  let colour = '';
  let spans = '';
  for (const piece of line.split(/(<esc>\[\d+m)/)) {
    const code = /<esc>\[(\d+)m/.exec(piece)?.[1];
    if (code !== undefined) colour = COLOURS[code] ?? '';
    else if (piece.trim() === '') column += piece.length;
    else {
      const fill = colour === '' ? '' : ` fill="${colour}"`;
      const x = (MARGIN + column * CELL.width).toFixed(1);
      const length = (piece.length * CELL.width).toFixed(1);
      spans += `<tspan x="${x}" textLength="${length}"${fill}>${escaped(piece)}</tspan>`;
      column += piece.length;
    }
  }
  return spans;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(' ', '\u00A0');
}

if (import.meta.main) writeFileSync(FILE, drawn(await paintedByARun()));
