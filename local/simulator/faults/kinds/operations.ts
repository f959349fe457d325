import { z } from 'zod';
import { Requests } from './shared.ts';

export const OperationFails = z.strictObject({
  kind: z.literal('operationFails'),
  ...Requests,
  operation: Requests.operation.default('manualupgrade'),
  /** Those that fail; all of the operation's when absent. */
  instances: z.array(z.string()).optional(),
  code: z.string().default('VMExtensionProvisioningError'),
  message: z
    .string()
    .default('VM has reported a failure when processing extension \'app\'. Error message: "exit 1"'),
  /** Whether the failed instances were changed before they failed. */
  changed: z.boolean().default(true),
});

export const OperationPreempted = z.strictObject({
  kind: z.literal('operationPreempted'),
  ...Requests,
  afterSeconds: z.number().positive().default(5),
});

export const SilentlySkips = z.strictObject({
  kind: z.literal('silentlySkips'),
  ...Requests,
  instances: z.array(z.string()).optional(),
});

/** The operation ends without success or failure; what its instances are busy with goes on, or is taken back. */
export const OperationCanceled = z.strictObject({
  kind: z.literal('operationCanceled'),
  ...Requests,
  operation: Requests.operation.default('manualupgrade'),
  afterSeconds: z.number().positive().default(5),
  /** The word that polls show. */
  status: z.string().min(1).default('Canceled'),
  work: z.enum(['goesOn', 'stops']).default('goesOn'),
});

/** A model write that is accepted and succeeds, and leaves these paths as they were. */
export const IgnoredChange = z.strictObject({
  kind: z.literal('ignoredChange'),
  ...Requests,
  operation: Requests.operation.default(['put', 'patch']),
  paths: z.array(z.string().min(1)).min(1),
});
/** What the service itself changes beside a model write. */
export const SideEffect = z.strictObject({
  kind: z.literal('sideEffect'),
  ...Requests,
  operation: Requests.operation.default(['put', 'patch']),
  patch: z.record(z.string(), z.json()),
});
/** A model write after which a field is gone, wherever it stood. */
export const DropsField = z.strictObject({
  kind: z.literal('dropsField'),
  ...Requests,
  operation: Requests.operation.default(['put', 'patch']),
  field: z.string().min(1),
});
