// Made by npm run api -- --write from the schemas of the app; not to be edited by hand.
import type { Operations } from './types.ts';

export type Method = 'POST' | 'GET' | 'DELETE' | 'PUT';

export const OPERATIONS: Readonly<
  Record<keyof Operations, { readonly method: Method; readonly path: string }>
> = {
  startRollout: { method: 'POST', path: '/rollouts' },
  getRollouts: { method: 'GET', path: '/rollouts' },
  makePlan: { method: 'POST', path: '/plans' },
  getRollout: { method: 'GET', path: '/rollouts/{id}' },
  getPlan: { method: 'GET', path: '/rollouts/{id}/plan' },
  getInstances: { method: 'GET', path: '/rollouts/{id}/instances' },
  getEvents: { method: 'GET', path: '/rollouts/{id}/events' },
  getRollbackPlan: { method: 'GET', path: '/rollouts/{id}/rollback-plan' },
  explainRollout: { method: 'GET', path: '/rollouts/{id}/explanation' },
  getScaleSets: { method: 'GET', path: '/scale-sets' },
  getScaleSet: { method: 'GET', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}' },
  getScaleSetInstances: {
    method: 'GET',
    path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/instances',
  },
  getScaleSetInstance: {
    method: 'GET',
    path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/instances/{instanceId}',
  },
  getCaller: { method: 'GET', path: '/me' },
  getLeases: { method: 'GET', path: '/leases' },
  takeLeaseOver: { method: 'POST', path: '/leases/{id}/take-over' },
  getFreeze: { method: 'GET', path: '/freeze' },
  freeze: { method: 'POST', path: '/freeze' },
  liftFreeze: { method: 'DELETE', path: '/freeze' },
  getPolicy: { method: 'GET', path: '/policy' },
  setPolicy: { method: 'PUT', path: '/policy' },
  getOpenApi: { method: 'GET', path: '/openapi.json' },
  getApiPage: { method: 'GET', path: '/docs' },
  getPage: { method: 'GET', path: '/dashboard/{path}' },
  getHealth: { method: 'GET', path: '/health' },
  upgradeInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/upgrade' },
  reimageInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/reimage' },
  restartInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/restart' },
  redeployInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/redeploy' },
  deallocateInstances: {
    method: 'POST',
    path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/deallocate',
  },
  powerOffInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/powerOff' },
  startInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/start' },
  protectInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/protect' },
  deleteInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/delete' },
  scaleInstances: { method: 'POST', path: '/scale-sets/{subscriptionId}/{resourceGroup}/{name}/scale' },
  pauseRollout: { method: 'POST', path: '/rollouts/{id}/pause' },
  resumeRollout: { method: 'POST', path: '/rollouts/{id}/resume' },
  approveRollout: { method: 'POST', path: '/rollouts/{id}/approve' },
  rejectRollout: { method: 'POST', path: '/rollouts/{id}/reject' },
  rollbackRollout: { method: 'POST', path: '/rollouts/{id}/rollback' },
  abortRollout: { method: 'POST', path: '/rollouts/{id}/abort' },
  retryRollout: { method: 'POST', path: '/rollouts/{id}/retry' },
  skipRollout: { method: 'POST', path: '/rollouts/{id}/skip' },
  quarantineRollout: { method: 'POST', path: '/rollouts/{id}/quarantine' },
};
