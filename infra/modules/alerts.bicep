param name string
param tags object
param email string
param insightsId string

var rules = {
  failures: { metric: 'requests/failed', text: 'The app answers requests with errors.', threshold: 5 }
  exceptions: { metric: 'exceptions/server', text: 'Activities or functions of the app throw.', threshold: 0 }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'rollouts'
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in items(rules): {
    name: '${name}-${rule.key}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.value.text
      enabled: true
      severity: 2
      scopes: [insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: rule.key
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'microsoft.insights/components'
            metricName: rule.value.metric
            operator: 'GreaterThan'
            threshold: rule.value.threshold
            timeAggregation: 'Count'
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]
