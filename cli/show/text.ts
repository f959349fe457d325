/**
 * Words of others as they are written: what breaks a line is a blank, and whatever a terminal would act on (control
 * characters, marks that turn the direction of writing, signs of no width) is spelled out.
 */
export function plain(text: string): string {
  return text
    .replaceAll(/[\n\r\t\u2028\u2029]+/g, ' ')
    .replaceAll(
      /[\p{Cc}\p{Cf}\p{Cs}]/gu,
      (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    );
}

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** How many columns of a terminal it takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += columnsOf(sign);
  return width;
}

function columnsOf(sign: string): number {
  if (/\p{M}/u.test(sign)) return 0;
  return WIDE.test(sign) ? 2 : 1;
}

export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let room = width - 1;
  let fits = '';
  for (const sign of text) {
    room -= columnsOf(sign);
    if (room < 0) break;
    fits += sign;
  }
  return width < 1 ? '' : `${fits}…`;
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Whole words in lines no longer than the width; what is longer than that alone is left whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export function scaleSetName(id: string): string {
  return id.split('/').at(-1) ?? id;
}

/** Elapsed time as a clock shows it: 0:07, 12:30, 1:02:03. */
export function elapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

export function secondsBetween(
  from: string | null | undefined,
  to: string | null | undefined,
): number | undefined {
  if (!from || !to) return undefined;
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}

/** Instance ids in few words: `0-4, 7`. */
export function idRanges(ids: readonly string[]): string {
  const numbers = ids.filter((id) => /^\d{1,9}$/.test(id)).map(Number);
  const others = ids.filter((id) => !/^\d{1,9}$/.test(id));
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers.sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && number === range.last + 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  const written = ranges.map(({ first, last }) => {
    if (first === last) return `${first}`;
    return last === first + 1 ? `${first}, ${last}` : `${first}-${last}`;
  });
  return [...written, ...others.map((id) => plain(id))].join(', ');
}
