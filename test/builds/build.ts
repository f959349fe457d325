import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A text that stands once in a file, and what stands there in the other build. */
interface Patch {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** A build of the app that is not today's: what somebody will have changed in its sources. */
export interface Build {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** New files, by their paths from the root. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes the sources of a build into a folder of its own; throws where a patch does not fit today's any more. */
export function writeBuild({ name, patches, files = {} }: Build, parent: string): string {
  const root = join(parent, name);
  mkdirSync(root, { recursive: true });
  for (const part of ['src', 'client', 'dashboard', 'host.json', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const { file, find, put } of patches) {
    const path = join(root, file);
    const pieces = readFileSync(path, 'utf8').split(find);
    if (pieces.length !== 2)
      throw new Error(`build ${name}: found ${pieces.length - 1} times, not once, in ${file}: ${find}`);
    writeFileSync(path, pieces.join(put));
  }
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return root;
}
