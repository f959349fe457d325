import { expect, it } from 'vitest';
import type { Answered, OperationName } from '../../client/call.ts';
import type * as page from '../../dashboard/api/shapes.ts';

type Fits<N extends OperationName, Shape> = Answered<N> extends Shape ? true : false;

interface Fitting {
  readonly getRollout: Fits<'getRollout', page.Rollout>;
  readonly getRollouts: Fits<'getRollouts', page.List<page.Rollout>>;
  readonly getPlan: Fits<'getPlan', page.Plan>;
  readonly makePlan: Fits<'makePlan', page.Plan>;
  readonly getInstances: Fits<'getInstances', page.List<page.RolloutInstance>>;
  readonly getEvents: Fits<'getEvents', page.List<page.RolloutEvent>>;
  readonly explainRollout: Fits<'explainRollout', page.Explanation>;
  readonly getLeases: Fits<'getLeases', page.Leases>;
  readonly getFreeze: Fits<'getFreeze', page.Freeze>;
  readonly getCaller: Fits<'getCaller', page.Caller>;
  readonly getScaleSets: Fits<'getScaleSets', page.ScaleSets>;
  readonly getScaleSet: Fits<'getScaleSet', page.ScaleSet>;
  readonly getScaleSetInstance: Fits<'getScaleSetInstance', page.SetInstance>;
}

it('the page reads every answer of the API, or this file does not compile', () => {
  const fitting: Fitting = {
    getRollout: true,
    getRollouts: true,
    getPlan: true,
    makePlan: true,
    getInstances: true,
    getEvents: true,
    explainRollout: true,
    getLeases: true,
    getFreeze: true,
    getCaller: true,
    getScaleSets: true,
    getScaleSet: true,
    getScaleSetInstance: true,
  };
  expect(new Set(Object.values(fitting))).toEqual(new Set([true]));
});
