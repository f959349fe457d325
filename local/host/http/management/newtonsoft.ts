/** A body that the extension's parser refuses; the message is the parser's own where that is known. */
export class JsonReaderError extends Error {}

/**
 * A body as the extension's parser reads it, more kindly than JSON.parse: names without quotes, single quotes, a comma at
 * the end, numbers that are none; written again as it writes, with numbers as .NET has them (measured on 3.19.0).
 * Comments and `undefined`, which it takes and then stumbles over, are refused.
 */
export function rewritten(text: string): string {
  const reader = createReader(text);
  const value = reader.value();
  reader.end();
  return value;
}

/** Whether strict or kind, a text that can be read; as it stands where it is JSON. */
export function readable(text: string): string {
  const kind = rewritten(text);
  return isJson(text) ? text : kind;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /\s*/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const QUOTED = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
/** Words that stand for values, and how they are written. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ...['true', 'false', 'null'].map((word) => [word, word] as const),
  ...['NaN', 'Infinity', '-Infinity'].map((word) => [word, `"${word}"`] as const),
]);

function createReader(text: string) {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const takes = (character: string): boolean => {
    take(SPACE);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const refuse = (): JsonReaderError => {
    if (text.trim() === '')
      return new JsonReaderError("Error reading JToken from JsonReader. Path '', line 0, position 0.");
    const where = `Path '', line ${text.slice(0, at).split('\n').length - 1}, position ${at}.`;
    return new JsonReaderError(
      `Unexpected character encountered while parsing value: ${text[at] ?? ''}. ${where}`,
    );
  };
  /** What stands between brackets, one after the other, a last comma or not. */
  const list = <Item>(close: string, item: () => Item): readonly Item[] => {
    const items: Item[] = [];
    while (!takes(close)) {
      items.push(item());
      if (!takes(',')) {
        if (takes(close)) break;
        throw refuse();
      }
    }
    return items;
  };
  const name = (): string => {
    take(SPACE);
    const quoted = take(QUOTED);
    const found = quoted === undefined ? take(WORD) : unquoted(quoted);
    if (found === undefined || !takes(':')) throw refuse();
    return JSON.stringify(found);
  };

  function value(): string {
    if (takes('{')) {
      // Of two of one name the last counts, where the first stood.
      const byName = new Map(list('}', () => [name(), value()] as const));
      return `{${[...byName].map(([key, own]) => `${key}:${own}`).join(',')}}`;
    }
    if (takes('[')) return `[${list(']', value).join(',')}]`;
    const quoted = take(QUOTED);
    if (quoted !== undefined) return JSON.stringify(unquoted(quoted));
    const word = text.startsWith('-I', at) ? takeMinusInfinity() : take(WORD);
    const written = WORDS.get(word ?? '');
    if (written !== undefined) return written;
    at -= word?.length ?? 0;
    const number = take(NUMBER);
    if (number === undefined) throw refuse();
    return dotnetNumber(number);
  }
  const takeMinusInfinity = (): string => {
    at += '-Infinity'.length;
    return '-Infinity';
  };

  return {
    value,
    end(): void {
      take(SPACE);
      if (at < text.length) throw refuse();
    },
  };
}

/** The text of a string in quotes of either kind. */
function unquoted(quoted: string): string {
  const inside = quoted.slice(1, -1);
  const escaped = quoted.startsWith("'") ? inside.replaceAll("\\'", "'").replaceAll('"', '\\"') : inside;
  return JSON.parse(
    `"${escaped.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`,
  ) as string;
}

/** Whole numbers stay as they are; others are doubles, shown so that they look like ones. */
function dotnetNumber(source: string): string {
  if (/^-?\d+$/.test(source)) return source === '-0' ? '0' : source;
  const number = Number(source);
  if (!Number.isFinite(number)) return `"${number}"`;
  const [digits = '', exponent = '0'] = number.toExponential().split('e');
  const power = Number(exponent);
  if (power >= 15 || power < -4) {
    return `${digits}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const plain = Object.is(number, -0) ? '-0' : String(number);
  return plain.includes('.') ? plain : `${plain}.0`;
}
