import { expectTypeOf, it } from 'vitest';
import type { Answered } from '../../client/call.ts';
import type * as shown from '../../dashboard/api/shapes.ts';

/** Looked at by the compiler alone: where the API's description changes, this no longer compiles. */
it('the page reads of each answer what the API says that it has', () => {
  expectTypeOf<Answered<'getScaleSets'>>().toExtend<shown.ScaleSets>();
  expectTypeOf<Answered<'getScaleSet'>>().toExtend<shown.ScaleSet>();
  expectTypeOf<Answered<'getScaleSetInstances'>>().toExtend<shown.List<shown.SetInstance>>();
  expectTypeOf<Answered<'getScaleSetInstance'>>().toExtend<shown.SetInstanceDetail>();
  expectTypeOf<Answered<'getRollouts'>>().toExtend<shown.List<shown.Rollout>>();
  expectTypeOf<Answered<'getRollout'>>().toExtend<shown.Rollout>();
  expectTypeOf<Answered<'startRollout'>>().toExtend<shown.Rollout>();
  expectTypeOf<Answered<'approveRollout'>>().toExtend<shown.Rollout>();
  expectTypeOf<Answered<'getInstances'>>().toExtend<shown.List<shown.RolloutInstance>>();
  expectTypeOf<Answered<'getEvents'>>().toExtend<shown.List<shown.RolloutEvent>>();
  expectTypeOf<Answered<'getPlan'>>().toExtend<shown.Plan>();
  expectTypeOf<Answered<'makePlan'>>().toExtend<shown.Plan>();
  expectTypeOf<Answered<'getRollbackPlan'>>().toExtend<shown.Plan>();
  expectTypeOf<Answered<'explainRollout'>>().toExtend<shown.Explanation>();
  expectTypeOf<Answered<'getLeases'>>().toExtend<shown.Leases>();
  expectTypeOf<Answered<'getFreeze'>>().toExtend<shown.Freeze>();
  expectTypeOf<Answered<'getCaller'>>().toExtend<shown.Caller>();
});
