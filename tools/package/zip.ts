import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const MADE_ON_UNIX = (3 << 8) | VERSION;
const NAMES_ARE_UTF8 = 0x0800;
const DEFLATED = 8;
/** 1 January 1980, the oldest day that the format can name: a file's own time would give each build another hash. */
const DATE = (1 << 5) | 1;
const READABLE_FILE = (0o100644 << 16) >>> 0;

/** One zip archive of these files: the same bytes for the same files, in whatever order they come. */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const name = Buffer.from(file.name, 'utf8');
    const packed = deflateRawSync(file.content, { level: 9 });
    const about = describe(file.content, packed, name);
    const local = Buffer.concat([number(LOCAL, 4), number(VERSION, 2), about, number(0, 2), name, packed]);
    directory.push(entry(about, name, offset));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, end(files.length, central.length, offset)]);
}

/** What an entry says of its file in both places: flags, method, time, checksum, sizes, length of its name. */
function describe(content: Uint8Array, packed: Buffer, name: Buffer): Buffer {
  return Buffer.concat([
    number(NAMES_ARE_UTF8, 2),
    number(DEFLATED, 2),
    number(0, 2),
    number(DATE, 2),
    number(crc32(content), 4),
    number(packed.length, 4),
    number(content.length, 4),
    number(name.length, 2),
  ]);
}

function entry(about: Buffer, name: Buffer, offset: number): Buffer {
  return Buffer.concat([
    number(CENTRAL, 4),
    number(MADE_ON_UNIX, 2),
    number(VERSION, 2),
    about,
    // Neither extra fields, nor a comment, nor another disk, nor internal attributes.
    Buffer.alloc(8),
    number(READABLE_FILE, 4),
    number(offset, 4),
    name,
  ]);
}

function end(count: number, size: number, offset: number): Buffer {
  return Buffer.concat([
    number(END, 4),
    Buffer.alloc(4),
    number(count, 2),
    number(count, 2),
    number(size, 4),
    number(offset, 4),
    Buffer.alloc(2),
  ]);
}

function number(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}
