param name string
param location string
param tags object
param email string
param insightsId string

var rules = {
  failures: { metric: 'requests/failed', text: 'The app answers requests with errors.', threshold: 5 }
  exceptions: { metric: 'exceptions/server', text: 'Activities or functions of the app throw.', threshold: 0 }
}

@description('What the app writes to its log each minute while something is wrong: src/core/run/alarms.ts.')
var alarms = {
  stuck: { severity: 1, text: 'A rollout does not go on: its workflow fails, or does not look again.' }
  waitingTooLong: { severity: 3, text: 'A rollout has waited for a person for an hour.' }
  nearFloor: { severity: 2, text: 'Too few instances serve: a rollout has waited for its floor for five minutes.' }
  accessDenied: { severity: 2, text: 'Azure denies the app what a rollout needs.' }
  frozen: { severity: 3, text: 'All writes are frozen.' }
  deadLetter: { severity: 2, text: 'A notice was given up: somebody was not told.' }
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

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alarm in items(alarms): {
    name: '${name}-${alarm.key}'
    location: location
    tags: tags
    properties: {
      description: alarm.value.text
      enabled: true
      severity: alarm.value.severity
      scopes: [insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT5M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: 'traces | where message has "alarm {" | extend told = parse_json(substring(message, indexof(message, "{"))) | where told.alarm == "${alarm.key}" | extend rollout = tostring(told.rollout), scaleSet = tostring(told.scaleSet)'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: [
              { name: 'rollout', operator: 'Include', values: ['*'] }
              { name: 'scaleSet', operator: 'Include', values: ['*'] }
            ]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]
