import { call } from '../../client/call.ts';
import type { RolloutSpec } from '../../client/types.ts';
import { read } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { scaleSetIdOf } from '../find/scale-set.ts';
import { usage } from '../messages/usage.ts';
import { fieldsOf, overlay, type Fields } from './fields.ts';
import { fromFlags } from './from-flags.ts';
import { nameOfFile, readJsonFile } from './json-file.ts';
import type { SpecOptions } from './options.ts';
import { changeFromFiles } from './secrets.ts';
import { checkWhen } from './when.ts';

/** The spec to send: the file, if there is one, with the flags laid over it. The function app judges it. */
export async function buildSpec(given: SpecOptions, context: Context): Promise<RolloutSpec> {
  if (given.spec === undefined) checkWhen(given);
  const file = given.spec === undefined ? {} : await readSpec(given.spec, context);
  const options = await withIds(given, context);
  const flags = overlay(fromFlags(options), await changeFromFiles(options, context));
  const spec = overlay(file, flags);
  if (spec['scaleSet'] !== undefined) return spec as RolloutSpec;
  if (options.rollbackOf === undefined) throw new UsageError(usage.whichScaleSet);
  const asked = call('getRollout', { path: { id: options.rollbackOf } });
  const undone = await read(context, asked, shapes.Rollout);
  return { ...spec, scaleSet: undone.scaleSet };
}

/** With whole ids for what was named in fewer letters. */
async function withIds(given: SpecOptions, context: Context): Promise<SpecOptions> {
  const { scaleSet, rollbackOf } = given;
  return {
    ...given,
    ...(scaleSet !== undefined && { scaleSet: await scaleSetIdOf(context, scaleSet) }),
    ...(rollbackOf !== undefined && { rollbackOf: await rolloutIdOf(context, rollbackOf) }),
  };
}

async function readSpec(file: string, context: Context): Promise<Fields> {
  const spec = fieldsOf(await readJsonFile(file, context));
  if (spec === undefined) throw new UsageError(usage.noSpec(nameOfFile(file)));
  return spec;
}
