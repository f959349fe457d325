targetScope = 'subscription'

type customRole = {
  roleName: string
  description: string
  actions: string[]
}

@description('One of those that npm run role writes.')
param role customRole
param environmentName string
param subscriptionIds string[]

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, environmentName, role.roleName)
  properties: {
    // A tenant has one role of a name, and each environment has its own.
    roleName: '${role.roleName} (${environmentName})'
    description: role.description
    type: 'CustomRole'
    assignableScopes: map(subscriptionIds, id => '/subscriptions/${id}')
    permissions: [{ actions: role.actions, notActions: [] }]
  }
}

output id string = definition.id
