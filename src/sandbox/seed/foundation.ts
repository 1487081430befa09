import { businessRole, profile } from './company.ts';
import { employees, people, starter } from './people.ts';
import { adGroup, azureRole, googleGroup, oktaGroup, workdayGroup } from './systems.ts';

/** Access that comes with employment and place. The names in quotes are those of Veza's product pages (API notes §8.10). */
export const foundation = [
  profile('Workforce Identity', 'Sign-on, directory and mail for everyone who works here.', {
    grants: [oktaGroup('Everyone'), adGroup('Domain Staff'), googleGroup('All Hands')],
    labels: ['production', 'auto-approved'],
  }),
  profile('Workday Self Service', 'Payslips, holidays and goals.', {
    grants: [workdayGroup('Employee As Self')],
    labels: ['production', 'auto-approved', 'people'],
  }),
  businessRole('All Employees', 'Everyone with an employment contract.', {
    inherits: ['Workforce Identity', 'Workday Self Service'],
    labels: ['production', 'auto-approved'],
    birthright: { workflow: 'New hire', people: [...employees, starter.name] },
  }),
  businessRole('All Contractors', 'Everyone who works here for another company.', {
    inherits: ['Workforce Identity'],
    labels: ['production'],
    birthright: { workflow: 'Contractor start', people: people.contractors },
  }),
  profile('Executive Employees', 'Executive managers in the US.', {
    grants: [adGroup('Executive Employee - Manager US')],
    labels: ['production', 'sensitive'],
    members: people.executives,
  }),
  profile('US Engineering Managers', 'Engineering managers in the US.', {
    grants: [adGroup('Engineering - Manager US')],
    labels: ['production', 'engineering'],
    properties: { cost_center: 'ENG-100', region: 'US' },
  }),
  profile('Azure Helpdesk Role', 'Resets passwords and revokes sign-ins.', {
    grants: [azureRole('Helpdesk Administrator')],
    labels: ['production', 'sensitive', 'requestable'],
    catalog: { icon: 'azure', markdown_description: 'For the **service desk**. Granted for eight hours.' },
  }),
  profile('Google Asia Employees', 'Employees in Singapore, Tokyo and Seoul.', {
    grants: [googleGroup('Asia Employees')],
    labels: ['production'],
    members: ['Wei Zhang', 'Yuki Tanaka', 'Kenji Mori'],
    properties: { region: 'APAC' },
  }),
  // Grants just what its successor above does: for analyses to find.
  profile('Google Asia Employees (2023)', 'Superseded by "Google Asia Employees".', {
    grants: [googleGroup('Asia Employees')],
    state: 'PAUSED',
  }),
];
