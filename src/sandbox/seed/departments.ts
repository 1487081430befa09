import { businessRole } from './company.ts';
import { people } from './people.ts';

/** The business roles of each department. They hold no entitlements of their own but inherit them. */

const sales = [
  businessRole('Sales', 'Everyone who sells.', {
    inherits: ['All Employees', 'Salesforce Sales User', 'Google Sales Drive'],
    labels: ['production', 'sales'],
    members: ['Jane Smith'],
  }),
  businessRole('Account Executive', 'Owns a list of accounts.', {
    inherits: ['Sales', 'Active Directory VPN'],
    labels: ['production', 'sales', 'requestable'],
    members: ['Tomás Herrera', 'Wei Zhang'],
    draft: { inherits: ['Sales', 'Active Directory VPN', 'Snowflake Analyst'] },
    catalog: { recommended: true, icon: 'briefcase' },
  }),
  businessRole('Sales Engineering', 'Shows how it works.', {
    inherits: ['Sales', 'Salesforce Developer', 'AWS Read Only'],
    labels: ['production', 'sales', 'engineering'],
    members: ['Kofi Mensah'],
  }),
  businessRole('Sales Operations', 'Territories, quotas and reports.', {
    inherits: ['Sales', 'Salesforce Sales Manager', 'Snowflake Analyst'],
    labels: ['production', 'sales'],
    members: ['Hannah Sørensen', 'Robin Example'],
  }),
  // "All Employees" comes with "Sales" already: for analyses to find.
  businessRole('Inside Sales', 'Sells by telephone.', {
    inherits: ['Sales', 'All Employees'],
    labels: ['production', 'sales'],
    members: ['Luca Moretti'],
  }),
  businessRole('Enterprise Account Executive', 'Owns the largest accounts.', {
    inherits: ['Account Executive', 'Snowflake Analyst'],
    labels: ['production', 'sales'],
    members: ['Olivia Brandt'],
  }),
  businessRole('Strategic Accounts Director', 'Leads the enterprise account executives.', {
    inherits: ['Enterprise Account Executive', 'Sales Operations'],
    labels: ['production', 'sales'],
    members: ['Aisha Karimi'],
  }),
  businessRole('Sales Development Pilot', 'What sales development would have. Nothing is granted yet.', {
    inherits: ['Inside Sales', 'Google Brand Drive'],
    labels: ['development', 'sales'],
    state: 'DRY_RUN',
  }),
];

const engineering = [
  businessRole('Engineering', 'Everyone who builds the product.', {
    inherits: ['All Employees', 'Okta Developer Tools', 'AWS Read Only'],
    labels: ['production', 'engineering'],
  }),
  businessRole('Backend Engineering', 'Services and their data.', {
    inherits: ['Engineering', 'AWS Developer'],
    labels: ['production', 'engineering'],
    members: ['Mikael Virtanen', 'Sofia Petrova'],
    properties: { cost_center: 'ENG-210' },
  }),
  businessRole('Frontend Engineering', 'What users see.', {
    inherits: ['Engineering', 'Google Brand Drive'],
    labels: ['production', 'engineering'],
    members: ['Chloé Dubois'],
    properties: { cost_center: 'ENG-220' },
  }),
  businessRole('Platform Engineering', 'Clusters, pipelines and their tools.', {
    inherits: ['Engineering', 'AWS Production Operator', 'Azure DevOps Contributor'],
    labels: ['production', 'engineering'],
    members: ['Noor van Dijk'],
    properties: { cost_center: 'ENG-230' },
  }),
  businessRole('Data Engineering', 'From events to marts.', {
    inherits: ['Engineering', 'Snowflake Data Engineer'],
    labels: ['production', 'prod', 'engineering'],
    members: ['Grace Owusu'],
    properties: { cost_center: 'ENG-240' },
  }),
  businessRole('Site Reliability Engineering', 'Keeps it running, whoever built it.', {
    inherits: ['Backend Engineering', 'Platform Engineering', 'Active Directory VPN'],
    labels: ['production', 'engineering', 'sensitive'],
    members: ['Daniel Kim', 'Yuki Tanaka'],
    properties: { cost_center: 'ENG-230', on_call: 'true' },
  }),
  businessRole('Engineering Management', 'Leads teams of engineers.', {
    inherits: ['Engineering', 'US Engineering Managers', 'Snowflake Analyst'],
    labels: ['production', 'engineering'],
    members: ['Dana Okafor'],
  }),
];

const finance = [
  businessRole('Finance', 'Everyone who counts.', {
    inherits: ['All Employees', 'Active Directory Finance Share', 'Snowflake Finance Marts'],
    labels: ['production', 'finance'],
    retired: { inherits: ['All Employees', 'Active Directory Finance Share'] },
  }),
  businessRole('Accounts Payable', 'Pays the bills.', {
    inherits: ['Finance'],
    labels: ['production', 'finance'],
    members: ['Marcus Webb'],
  }),
  businessRole('Financial Planning', 'Budgets and forecasts.', {
    inherits: ['Finance', 'AWS Billing'],
    labels: ['production', 'finance'],
    members: ['Ingrid Halvorsen'],
  }),
  businessRole('Payroll Specialist', 'Pays the people. Waits for its approval.', {
    inherits: ['Finance', 'Workday Payroll'],
    labels: ['production', 'finance', 'people', 'sensitive'],
    state: 'PENDING',
    approval: true,
    members: ['Samuel Adeyemi'],
  }),
  businessRole('Controller', 'Closes the books.', {
    inherits: ['Accounts Payable', 'Financial Planning', 'Payroll Specialist'],
    labels: ['production', 'finance', 'sensitive'],
    members: ['Elena Popescu'],
  }),
];

const staff = [
  businessRole('People', 'Everyone in human resources.', {
    inherits: ['All Employees', 'Workday HR Partner'],
    labels: ['production', 'people'],
    members: ['Nadia Haddad'],
  }),
  businessRole('Recruiting', 'Finds colleagues.', {
    inherits: ['People', 'Google Brand Drive'],
    labels: ['production', 'people', 'requestable'],
    members: ['Peter Novak'],
  }),
  businessRole('People Analytics', 'Headcount and its forecasts.', {
    inherits: ['People', 'Snowflake Analyst'],
    labels: ['production', 'people', 'sensitive'],
    members: ['Lerato Dlamini'],
  }),
  businessRole('IT', 'Everyone who runs the systems.', {
    inherits: ['All Employees', 'Active Directory VPN'],
    labels: ['production', 'it'],
    birthright: { workflow: 'Joins IT', people: people.it },
  }),
  businessRole('IT Service Desk', 'Helps everyone else.', {
    inherits: ['IT', 'Azure Helpdesk Role', 'Okta Help Desk Administrator', 'Salesforce Service User'],
    labels: ['production', 'it', 'requestable'],
    members: ['Emma Fischer', 'Kenji Mori'],
  }),
  businessRole('Identity Administration', 'Owns directories and sign-on.', {
    inherits: ['IT Service Desk', 'Active Directory Domain Administrator'],
    labels: ['production', 'it', 'sensitive'],
    members: ['Viktor Szabó'],
  }),
  businessRole('Marketing', 'Everyone who tells the story.', {
    inherits: ['All Employees', 'Google Brand Drive'],
    labels: ['production', 'marketing'],
    members: ['Lucía Navarro'],
  }),
  businessRole('Growth Marketing', 'New this quarter, not started yet.', {
    inherits: ['Marketing', 'Snowflake Analyst', 'Salesforce Sales User'],
    labels: ['development', 'marketing'],
    state: 'INITIAL',
    members: ['Finn Gallagher'],
  }),
  businessRole('Contract Engineering', 'Engineers of a partner.', {
    inherits: ['All Contractors', 'Okta Developer Tools', 'AWS Developer'],
    labels: ['development', 'engineering'],
    members: ['Alex Duarte', 'Mei Lin'],
  }),
];

const leadership = [
  businessRole('Executive Leadership', 'The board and those who report to it.', {
    inherits: ['All Employees', 'Executive Employees', 'Snowflake Finance Marts'],
    labels: ['production', 'sensitive'],
    members: ['Amara Lindqvist'],
  }),
  businessRole('Chief Financial Officer', 'Answers for the numbers.', {
    inherits: ['Executive Leadership', 'Controller'],
    labels: ['production', 'finance', 'sensitive'],
    members: ['Jonas Achterberg'],
  }),
  businessRole('Chief Technology Officer', 'Answers for the product.', {
    inherits: ['Executive Leadership', 'Engineering Management'],
    labels: ['production', 'engineering', 'sensitive'],
    members: ['Priya Raman'],
  }),
];

export const departments = [...sales, ...engineering, ...finance, ...staff, ...leadership];
