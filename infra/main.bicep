targetScope = 'subscription'

@description('Names the environment; part of every name, and the tag by which azd finds what belongs to it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Where everything is made.')
param location string

@description('Client id of the app registration that callers get their tokens for.')
param authClientId string

@description('Resource ids of the resource groups whose scale sets the app may change.')
param scaleSetGroups string[] = []

@description('Resource ids of the groups with what those sets refer to: networks, load balancers, disks.')
param linkedGroups string[] = scaleSetGroups

@description('Where sets are listed, operations polled and images read: the subscriptions of all those groups, and of galleries.')
param subscriptionIds string[] = [subscription().subscriptionId]

@description('Node of the Functions worker. Its newest version that is certainly generally available on Flex Consumption.')
@allowed(['22', '24'])
param nodeVersion string = '22'

@description('Instances that are always up for the workflow. One: a rollout goes on at once after a wait.')
@minValue(0)
param alwaysReadyInstances int = 1

@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('What the app encrypts secrets with, made by the first deployment and left alone by every later one.')
@secure()
param newEncryptionKey string = '1:${newGuid()}${newGuid()}'

@description('Where alerts are sent; none are where it is empty.')
param alertEmail string = ''

@description('Secrets of targets of notices: the app setting, ROLLOUT_NOTICE_…, and the name of the secret in the vault.')
param noticeSettings object = {}

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))
var clouds = {
  AzureCloud: 'public'
  AzureUSGovernment: 'usgovernment'
  AzureChinaCloud: 'china'
}
var storageName = 'st${token}'
var roles = loadJsonContent('roles.json')

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { name: storageName, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module workspace 'modules/workspace.bicep' = {
  scope: group
  params: { name: 'log-${token}', location: location, tags: tags }
}

module insights 'modules/insights.bicep' = {
  scope: group
  params: {
    name: 'appi-${token}'
    location: location
    tags: tags
    workspaceId: workspace.outputs.id
    principalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    newEncryptionKey: newEncryptionKey
  }
}

module plan 'modules/plan.bicep' = {
  scope: group
  params: { name: 'plan-${token}', location: location, tags: tags }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    location: location
    tags: tags
    planId: plan.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storageName
    packageContainer: storage.outputs.packageContainer
    insightsConnectionString: insights.outputs.connectionString
    vaultUri: vault.outputs.uri
    encryptionKeysUri: vault.outputs.encryptionKeysUri
    noticeSettings: noticeSettings
    authClientId: authClientId
    cloud: clouds[environment().name]
    nodeVersion: nodeVersion
    alwaysReadyInstances: alwaysReadyInstances
    maximumInstances: maximumInstances
  }
}

module alerts 'modules/alerts.bicep' = if (alertEmail != '') {
  scope: group
  params: {
    name: 'alert-${token}'
    location: location
    tags: tags
    email: alertEmail
    insightsId: insights.outputs.id
  }
}

module look 'modules/role.bicep' = {
  params: { role: roles.look, environmentName: environmentName, subscriptionIds: subscriptionIds }
}

module change 'modules/role.bicep' = {
  params: { role: roles.change, environmentName: environmentName, subscriptionIds: subscriptionIds }
}

module join 'modules/role.bicep' = {
  params: { role: roles.join, environmentName: environmentName, subscriptionIds: subscriptionIds }
}

module looks 'modules/grant-subscription.bicep' = [
  for id in subscriptionIds: {
    scope: subscription(id)
    params: { roleDefinitionId: look.outputs.id, principalId: identity.outputs.principalId }
  }
]

module changes 'modules/grant-group.bicep' = [
  for id in scaleSetGroups: {
    scope: resourceGroup(split(id, '/')[2], split(id, '/')[4])
    params: { roleDefinitionId: change.outputs.id, principalId: identity.outputs.principalId }
  }
]

module joins 'modules/grant-group.bicep' = [
  for id in linkedGroups: {
    scope: resourceGroup(split(id, '/')[2], split(id, '/')[4])
    params: { roleDefinitionId: join.outputs.id, principalId: identity.outputs.principalId }
  }
]

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_TENANT_ID string = tenant().tenantId
output SERVICE_API_NAME string = app.outputs.name
output SERVICE_API_URL string = app.outputs.url
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
