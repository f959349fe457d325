/** A word as a POSIX shell reads it back unchanged, whatever is in it; plain words stay as they are. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export function commandLine(words: readonly string[]): string {
  return words.map((word) => shellWord(word)).join(' ');
}
