import { parseAst } from 'vitest/node';

/** The test that fails when a fence is gone, by the fence's name in the source. */
export interface FencedBy {
  /** What it keeps from happening, in a few words, as the tag in the source says it. */
  readonly name: string;
  /** Where taking the whole tagged piece out would not do: a part of it, found once in it, and what stands there instead. */
  readonly find?: string;
  readonly without?: string;
  /** Below `test/`, and the full name of a test in it, as far as it tells that test from others. */
  readonly test: readonly [file: string, name: string];
}

/** A place in `src/` that keeps an invariant of docs/DESIGN.md. */
export interface Tag {
  readonly name: string;
  readonly invariant: string;
  /** Below `src/`. */
  readonly file: string;
}

export type Fence = FencedBy & Tag;

/** `// fence I8: what it keeps from happening` stands above the statement, the operand or the property that does so. */
const TAG = /^[ \t]*\/\/ fence ([IV]\d+): (.+)$/gm;

/** The fences in a source, in its order. */
export function tagsIn(source: string, file: string): readonly Tag[] {
  return [...source.matchAll(TAG)].map(([, invariant = '', name = '']) => ({ invariant, name, file }));
}

/** The source without the fence; throws where its tag, or what it takes out, is not found exactly once. */
export function removeFence(
  source: string,
  { name, find, without = '' }: Pick<FencedBy, 'name' | 'find' | 'without'>,
): string {
  const tags = [...source.matchAll(TAG)].filter((match) => match[2] === name);
  const [tag] = tags;
  if (tag === undefined || tags.length > 1) throw new Error(`"${name}": ${tags.length} tags, not one`);
  const { start, end, neutral } = taggedPiece(source, tag.index + tag[0].length);
  const piece = source.slice(start, end);
  const changed = find === undefined ? neutral : replaced(piece, { name, find, without });
  return `${source.slice(0, start)}${changed}${source.slice(end)}`;
}

function replaced(piece: string, { name, find, without }: Required<Omit<FencedBy, 'test'>>): string {
  const pieces = piece.split(new RegExp(looselyBroken(find)));
  if (pieces.length !== 2) throw new Error(`"${name}": found ${pieces.length - 1} times, not once: ${find}`);
  return pieces.join(without);
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** What stands there when all of it is taken out. */
  readonly neutral: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly operator?: string;
}

/** The statement, operand or property that begins after a tag, other comments between them left aside. */
function taggedPiece(source: string, from: number): Piece {
  const [space = ''] = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(source.slice(from)) ?? [];
  const start = from + space.length;
  const program = parseAst(source, { lang: 'ts' }) as Node;
  for (const [node, parent] of nodesOf(program)) {
    if (node.start !== start || parent === undefined) continue;
    if (isOperand(node, parent)) return { ...node, neutral: parent.operator === '&&' ? 'true' : 'false' };
    if (/Statement$|Declaration$/.test(node.type)) return { ...node, neutral: '' };
    if (parent.type !== 'ObjectExpression') continue;
    const [comma = ''] = /^\s*,?/.exec(source.slice(node.end)) ?? [];
    return { start, end: node.end + comma.length, neutral: '' };
  }
  throw new Error(`nothing that can be taken out stands after the tag: ${source.slice(start, start + 60)}`);
}

function isOperand(node: Node, parent: Node): boolean {
  return parent.type === 'LogicalExpression' && node.type !== 'LogicalExpression';
}

/** Every node with its parent, outer ones first. */
function* nodesOf(node: Node, parent?: Node): Generator<readonly [Node, Node | undefined]> {
  yield [node, parent];
  for (const value of Object.values(node)) {
    for (const inner of Array.isArray(value) ? value : [value])
      if (isNode(inner)) yield* nodesOf(inner, node);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Any white space matches any other, and a comma may follow the last of several lines. */
function looselyBroken(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join(String.raw`\s+`);
}
