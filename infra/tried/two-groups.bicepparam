// Not for a deployment: what becomes of every parameter is held in the snapshot beside this file.
using '../main.bicep'

param environmentName = 'two-groups'
param location = 'westeurope'
param authClientId = '00000000-0000-4000-8000-0000000000a9'
param scaleSetGroups = [
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/web'
  '/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/batch'
]
param linkedGroups = ['/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/network']
param subscriptionIds = [
  '00000000-0000-4000-8000-000000000001'
  '00000000-0000-4000-8000-000000000003'
]
param nodeVersion = '24'
param alwaysReadyInstances = 2
param maximumInstances = 50
param alertEmail = 'on-call@example.com'
param noticeSettings = { ROLLOUT_NOTICE_PAGER: 'notice-pager' }
