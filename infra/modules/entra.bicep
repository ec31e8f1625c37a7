// The app registration, without a secret: the managed identity vouches for it.
extension microsoftGraphV1

param appName string
param domain string
param identityPrincipalId string
param people bool
param grantAdminConsent bool

var graphAppId = '00000003-0000-0000-c000-000000000000'
var always = ['User.Read', 'Presence.Read', 'Presence.ReadWrite', 'offline_access']
var forPeople = ['Presence.Read.All', 'User.ReadBasic.All']
var scopes = people ? concat(always, forPeople) : always
var accessAsUser = guid(appName, 'access_as_user')
var teamsDesktopAndMobile = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
var teamsWeb = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: graphAppId
}

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: appName
  displayName: 'Presence bot'
  signInAudience: 'AzureADMyOrg'
  web: {
    redirectUris: ['https://${domain}/auth/callback']
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false }
  }
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: accessAsUser
        value: 'access_as_user'
        type: 'User'
        isEnabled: true
        adminConsentDisplayName: 'Act for the person in Teams'
        adminConsentDescription: 'Lets Teams ask the bot to act as the person who is signed in.'
        userConsentDisplayName: 'Act for you in Teams'
        userConsentDescription: 'Lets Teams ask the bot to act as you.'
      }
    ]
    preAuthorizedApplications: [
      { appId: teamsDesktopAndMobile, delegatedPermissionIds: [accessAsUser] }
      { appId: teamsWeb, delegatedPermissionIds: [accessAsUser] }
    ]
  }
  requiredResourceAccess: [
    {
      resourceAppId: graphAppId
      resourceAccess: [for scope in scopes: {
        id: filter(graph.oauth2PermissionScopes, known => known.value == scope)[0].id
        type: 'Scope'
      }]
    }
  ]

  resource vouchedFor 'federatedIdentityCredentials@v1.0' = {
    name: '${app.uniqueName}/managed-identity'
    description: 'The container app proves who it is with its managed identity.'
    issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
    subject: identityPrincipalId
    audiences: ['api://AzureADTokenExchange']
  }
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}

resource consent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = if (grantAdminConsent) {
  clientId: principal.id
  resourceId: graph.id
  consentType: 'AllPrincipals'
  scope: join(scopes, ' ')
}

output appId string = app.appId
