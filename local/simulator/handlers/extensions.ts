import { ArmError } from '../errors/arm-error.ts';
import { bodyOf, param, type Call, type Reply } from '../calls/call.ts';
import type { OperationKind } from '../operations/table.ts';
import { isObject, textOf, type JsonObject } from '../model/json.ts';
import { mergePatch, withoutNulls } from '../model/merge.ts';
import { extensionsOf, type ModelExtension } from '../model/schema.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { extensionResource } from '../wire/extension.ts';
import type { World } from '../world.ts';
import { acceptedReply } from './accepted.ts';
import { findScaleSet } from './find.ts';
import { writeToSet } from './write-model.ts';

const FAILED = 'Failed';

export function listExtensions(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const value = extensionsOf(set.model).map((extension) => extensionResource(set, extension, stateOf(set)));
  return { status: 200, body: { value } };
}

export function getExtension(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const extension = extensionNamed(set, param(call, 'extension'));
  if (extension === undefined) throw extensionNotFound(set, param(call, 'extension'));
  return { status: 200, body: extensionResource(set, extension, stateOf(set)) };
}

/** Adds an extension (201) or replaces one (200); either is a new model (arm-vmss.md 2, 3.3). */
export function putExtension(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const name = param(call, 'extension');
  const known = extensionNamed(set, name);
  const { properties } = withoutNulls(bodyOf(call));
  const extension = { name: known?.name ?? name, properties: writable(properties) };
  const reply = writeExtensions(world, call, set, {
    operation: 'putExtension',
    extensions: [...others(set, name), extension],
  });
  return answered(set, reply, name, known === undefined ? 201 : 200);
}

/** Changes what the body names; secrets that it leaves out stay. */
export function patchExtension(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const name = param(call, 'extension');
  const known = extensionNamed(set, name);
  if (known === undefined) throw extensionNotFound(set, name);
  const { properties } = bodyOf(call);
  const before: unknown = known.properties;
  const merged = mergePatch(isObject(before) ? before : {}, writable(properties));
  const extensions = listOf(set).map((extension) =>
    isNamed(extension, name) ? { ...extension, properties: merged } : extension,
  );
  return answered(
    set,
    writeExtensions(world, call, set, { operation: 'patchExtension', extensions }),
    name,
    200,
  );
}

/** 202 with both URLs; 204 when there is none of that name. */
export function deleteExtension(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const name = param(call, 'extension');
  if (extensionNamed(set, name) === undefined) return { status: 204 };
  const reply = writeExtensions(world, call, set, {
    operation: 'deleteExtension',
    extensions: others(set, name),
  });
  const operation = reply.accepted?.operation;
  return operation === undefined ? reply : acceptedReply(world, call, set, operation);
}

function writeExtensions(
  world: World,
  call: Call,
  set: ScaleSet,
  write: { readonly operation: OperationKind; readonly extensions: readonly JsonObject[] },
): Reply {
  const patch = {
    properties: { virtualMachineProfile: { extensionProfile: { extensions: write.extensions } } },
  };
  return writeToSet(world, call, set, {
    operation: write.operation,
    patch,
    ignoresIfMatch: true,
  });
}

/** The reply of a model write, about the extension instead of the set. */
function answered(set: ScaleSet, reply: Reply, name: string, status: number): Reply {
  const extension = extensionNamed(set, name);
  const { etag: _etag, ...headers } = reply.headers ?? {};
  const state = status === 201 ? 'Creating' : 'Updating';
  return extension === undefined
    ? reply
    : { ...reply, status, headers, body: extensionResource(set, extension, state) };
}

function writable(properties: unknown): JsonObject {
  if (!isObject(properties)) return {};
  const { provisioningState: _state, ...rest } = properties;
  return rest;
}

function stateOf(set: ScaleSet): string {
  return set.provisioning.state === FAILED ? FAILED : 'Succeeded';
}

function others(set: ScaleSet, name: string): JsonObject[] {
  return listOf(set).filter((extension) => !isNamed(extension, name));
}

function listOf(set: ScaleSet): JsonObject[] {
  const list: readonly unknown[] = extensionsOf(set.model);
  return list.filter((extension) => isObject(extension));
}

function extensionNamed(set: ScaleSet, name: string): ModelExtension | undefined {
  return extensionsOf(set.model).find((extension) => extension.name.toLowerCase() === name.toLowerCase());
}

function isNamed(extension: JsonObject, name: string): boolean {
  return textOf(extension['name'])?.toLowerCase() === name.toLowerCase();
}

function extensionNotFound(set: ScaleSet, name: string): ArmError {
  return new ArmError(404, {
    code: 'NotFound',
    message: `The entity '${name}' was not found in Virtual Machine Scale Set '${set.name}'.`,
  });
}
