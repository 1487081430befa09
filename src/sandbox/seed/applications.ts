import { applicationAccess, privilegedRole, profile } from './company.ts';
import {
  adGroup,
  awsRole,
  azureGroup,
  googleGroup,
  oktaApp,
  oktaGroup,
  permissionSet,
  salesforceGroup,
  salesforceRole,
  snowflakeRole,
  workdayGroup,
} from './systems.ts';

/** Access to one application at a time. Higher levels build on lower ones. */

const salesforce = [
  // The profile of Veza's own examples, under its documented id.
  profile('Salesforce Developer', 'Builds on the Salesforce platform.', {
    id: '3a2371b6-95ec-4d9e-b95c-d75d51daa39b',
    grants: [permissionSet('Developer'), salesforceRole('Developer')],
    labels: ['requestable', 'salesforce'],
    members: ['Ravi Iyer'],
    catalog: { recommended: true, icon: 'salesforce' },
  }),
  applicationAccess('Salesforce Sales User', 'Leads, accounts and opportunities.', {
    grants: [permissionSet('Sales User'), salesforceGroup('All Sellers')],
    labels: ['production', 'sales', 'requestable'],
  }),
  // Holds "Sales User" itself although it inherits it: for analyses to find.
  applicationAccess('Salesforce Sales Manager', 'Forecasts and approvals on top of the sales user.', {
    inherits: ['Salesforce Sales User'],
    grants: [permissionSet('Sales Manager'), permissionSet('Sales User')],
    labels: ['production', 'sales'],
  }),
  applicationAccess('Salesforce Service User', 'Cases and knowledge articles.', {
    grants: [permissionSet('Service User')],
    labels: ['production', 'requestable'],
  }),
  privilegedRole('Salesforce Administrator', 'Configures the org.', {
    inherits: ['Salesforce Sales Manager', 'Salesforce Service User'],
    grants: [permissionSet('System Administrator')],
    labels: ['production', 'sensitive'],
    approval: true,
    members: ['Omar Farouk'],
  }),
];

const snowflake = [
  applicationAccess('Snowflake Analyst', 'Reads the published marts.', {
    grants: [snowflakeRole('ANALYST')],
    labels: ['production', 'requestable', 'auto-approved'],
    catalog: { recommended: true, icon: 'snowflake', markdown_description: 'Read-only, **no personal data**.' },
  }),
  applicationAccess('Snowflake Finance Marts', 'Reads revenue and cost, too.', {
    inherits: ['Snowflake Analyst'],
    grants: [snowflakeRole('FINANCE_READER')],
    labels: ['production', 'finance', 'sensitive'],
  }),
  // Labelled `prod`, which is another label than `production`.
  applicationAccess('Snowflake Data Engineer', 'Writes the marts.', {
    inherits: ['Snowflake Analyst'],
    grants: [snowflakeRole('TRANSFORMER'), snowflakeRole('LOADER')],
    labels: ['prod', 'engineering'],
    syncError: 'role LOADER: insufficient privileges to operate on role',
  }),
  privilegedRole('Snowflake Account Administrator', 'Owns the account.', {
    inherits: ['Snowflake Data Engineer', 'Snowflake Finance Marts'],
    grants: [snowflakeRole('ACCOUNTADMIN')],
    labels: ['prod', 'sensitive'],
    approval: true,
    members: ['Grace Owusu'],
  }),
];

const aws = [
  applicationAccess('AWS Read Only', 'Looks at both accounts.', {
    grants: [awsRole('ReadOnly'), awsRole('ReadOnly', 'development')],
    labels: ['production', 'development', 'requestable'],
  }),
  applicationAccess('AWS Developer', 'Deploys to the development account.', {
    inherits: ['AWS Read Only'],
    grants: [awsRole('Developer', 'development')],
    labels: ['development', 'engineering'],
    draft: { grants: [awsRole('Developer', 'development'), awsRole('BedrockUser', 'development')] },
  }),
  applicationAccess('AWS Production Operator', 'Deploys to the production account.', {
    inherits: ['AWS Developer'],
    grants: [awsRole('Operator')],
    labels: ['production', 'engineering', 'sensitive'],
  }),
  applicationAccess('AWS Billing', 'Reads invoices and budgets.', {
    grants: [awsRole('Billing')],
    labels: ['production', 'finance'],
  }),
  privilegedRole('AWS Break Glass', 'Full access in an emergency. Paused until there is one.', {
    inherits: ['AWS Production Operator'],
    grants: [awsRole('AdministratorAccess')],
    labels: ['production', 'sensitive'],
    state: 'PAUSED',
    approval: true,
  }),
];

const others = [
  applicationAccess('Active Directory VPN', 'The network from outside.', {
    grants: [adGroup('VPN Users')],
    labels: ['production', 'requestable', 'auto-approved'],
    catalog: {},
  }),
  applicationAccess('Active Directory Finance Share', 'The file share of the finance department.', {
    grants: [adGroup('FS Finance RW')],
    labels: ['production', 'finance', 'sensitive'],
  }),
  privilegedRole('Active Directory Domain Administrator', 'Administers the forest.', {
    grants: [adGroup('Domain Admins')],
    labels: ['production', 'sensitive'],
    approval: true,
    members: ['Viktor Szabó'],
  }),
  applicationAccess('Okta Developer Tools', 'Source control, issues and builds.', {
    grants: [oktaApp('GitHub'), oktaApp('Jira'), oktaApp('CircleCI')],
    labels: ['production', 'engineering'],
  }),
  privilegedRole('Okta Help Desk Administrator', 'Unlocks accounts.', {
    grants: [oktaGroup('Help Desk Administrators')],
    labels: ['production', 'sensitive', 'it'],
    approval: true,
  }),
  applicationAccess('Google Sales Drive', 'Decks, price lists and contracts.', {
    grants: [googleGroup('Sales Drive')],
    labels: ['production', 'sales'],
  }),
  applicationAccess('Google Brand Drive', 'Logos, pictures and templates.', {
    grants: [googleGroup('Brand Drive')],
    labels: ['production', 'marketing', 'requestable'],
    catalog: { icon: 'google' },
  }),
  applicationAccess('Azure DevOps Contributor', 'The repositories that have not moved yet.', {
    grants: [azureGroup('DevOps Contributors')],
    labels: ['development', 'engineering'],
  }),
  applicationAccess('Workday HR Partner', 'Job changes and compensation of a supported organisation.', {
    grants: [workdayGroup('HR Partner')],
    labels: ['production', 'people', 'sensitive'],
  }),
  applicationAccess('Workday Payroll', 'Runs payroll.', {
    grants: [workdayGroup('Payroll Partner'), workdayGroup('Payroll Interface')],
    labels: ['production', 'finance', 'people', 'sensitive'],
  }),
];

export const applications = [...salesforce, ...snowflake, ...aws, ...others];
