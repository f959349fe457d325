import { call } from '../../client/call.ts';
import type { RolloutSpec } from '../../client/types.ts';
import { read } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { nameOfFile, readJsonFile } from './json-file.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { isTextOfTag, valueOf } from './assignment.ts';
import { additionsOf } from './operands.ts';
import type { SpecOptions } from './options.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The spec to send: the file, if there is one, with the flags laid over it. The function app judges it. */
export async function buildSpec(options: SpecOptions, context: Context): Promise<RolloutSpec> {
  const file = options.spec === undefined ? {} : await readSpec(options.spec, context);
  const spec = overlay(file, fromFlags(options));
  if (spec['scaleSet'] !== undefined) return spec as RolloutSpec;
  if (options.rollbackOf === undefined) {
    throw new UsageError('name the scale set with --scale-set ID, or in a file with --spec FILE');
  }
  const asked = call('getRollout', { path: { id: options.rollbackOf } });
  const undone = await read(context, asked, shapes.Rollout);
  return { ...spec, scaleSet: undone.scaleSet };
}

function fromFlags(options: SpecOptions): Fields {
  const { forceString = false } = options;
  return (
    defined({
      scaleSet: options.scaleSet,
      change: defined({
        image: defined({ version: options.imageVersion }),
        set:
          options.set &&
          Object.fromEntries(
            options.set.map((given) => [given.path, valueOf(given.text, forceString || isTextOfTag(given))]),
          ),
        add: options.add?.flatMap((operands) => additionsOf(operands, forceString)),
        remove: options.remove,
        dataDisks: defined({ attach: options.attachDisk, detach: options.detachDisk }),
      }),
      targets: defined({
        updateDomains: options.updateDomain,
        faultDomains: options.faultDomain,
        zones: options.zone,
        instances: options.instance,
        percent: options.percent,
        exclude: options.exclude,
        deallocated: options.deallocated,
      }),
      strategy: defined({
        batchBy: options.batchBy,
        steps: options.steps,
        canary: options.canary,
        order: options.order,
        pacing: options.pacing,
        maxUnavailable: options.maxUnavailable,
      }),
      health: defined({ stableSeconds: options.stableSeconds, timeoutSeconds: options.healthTimeoutSeconds }),
      soakSeconds: options.soakSeconds,
      approvals: defined({ before: options.approveBefore }),
      onFailure: options.onFailure,
      rollbackOf: options.rollbackOf,
      planHash: options.planHash,
      reason: options.reason,
      labels: options.label && Object.fromEntries(options.label),
    }) ?? {}
  );
}

/** Without the fields nobody gave; nothing at all when none was given. */
function defined(fields: Fields): Fields | undefined {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

async function readSpec(file: string, context: Context): Promise<Fields> {
  const parsed = await readJsonFile(file, context);
  if (!isFields(parsed))
    throw new UsageError(`${nameOfFile(file)} must hold one JSON object, a rollout spec`);
  return parsed;
}

function overlay(below: Fields, above: Fields): Fields {
  const merged = Object.entries(above).map(([key, value]) => {
    const under = below[key];
    return [key, isFields(under) && isFields(value) ? overlay(under, value) : value];
  });
  return { ...below, ...Object.fromEntries(merged) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
