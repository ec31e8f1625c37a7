// What an operator must hear of. What each one means and what to do: README.md, "Alerts".
param location string
param tags object
param token string
param email string
param workspaceId string
param appId string
param appName string

var console = 'ContainerAppConsoleLogs_CL | where ContainerAppName_s == "${appName}" | extend entry = parse_json(Log_s)'
var system = 'ContainerAppSystemLogs_CL | where ContainerAppName_s == "${appName}"'

var rules = [
  {
    name: 'late'
    text: 'Timers fire more than a minute late.'
    severity: 1
    threshold: 0
    query: '${console} | where entry.action == "timers.fire" and todouble(entry.late) > 60'
  }
  {
    name: 'errors'
    text: 'The bot logs errors.'
    severity: 2
    threshold: 5
    query: '${console} | where entry.level == "ERROR"'
  }
  {
    name: 'throttled'
    text: 'Microsoft Graph asks the bot to slow down.'
    severity: 2
    threshold: 20
    query: '${console} | where entry.action startswith "graph." and entry.outcome == "429"'
  }
  {
    name: 'not-ready'
    text: 'The readiness or liveness probe fails.'
    severity: 1
    threshold: 3
    query: '${system} | where Reason_s == "ProbeFailed"'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'presencebot'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${rule.name}-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Presence bot: ${rule.name}'
    description: rule.text
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    skipQueryValidation: true // the tables appear with the first log line
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: rule.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
  }
}]

resource failing 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '5xx-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The bot answers Teams with 5xx, and Teams sends again.'
    severity: 1
    enabled: true
    scopes: [appId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: '5xx'
          metricNamespace: 'Microsoft.App/containerApps'
          metricName: 'Requests'
          dimensions: [{ name: 'statusCodeCategory', operator: 'Include', values: ['5xx'] }]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 5
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}
