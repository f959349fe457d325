import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly content: Uint8Array;
  readonly packed: Uint8Array;
  readonly etag: string;
}

/** By the path below `/api/dashboard/`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** What `npm run build` makes of `dashboard/`; nothing else is ever sent. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html;charset=utf-8',
  js: 'text/javascript;charset=utf-8',
  css: 'text/css;charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page as it lies in a folder; empty where it was not built. All of it is small and stays in memory. */
export function readPageFiles(folder: string): PageFiles {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return pageFiles(
    paths.map((path) => ({
      path: path.slice(folder.length + 1).replaceAll(sep, '/'),
      contents: readFileSync(path),
    })),
  );
}

export function pageFiles(
  files: readonly { readonly path: string; readonly contents: Uint8Array }[],
): PageFiles {
  const known = files.flatMap(({ path, contents }) => {
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    return type === undefined ? [] : ([[path, pageFile(type, contents)]] as const);
  });
  return new Map(known);
}

function pageFile(type: string, content: Uint8Array): PageFile {
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return { type, content, packed: gzipSync(content, { level: 9 }), etag };
}
