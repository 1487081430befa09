import { createHash } from 'node:crypto';
import { stableId } from '../random.ts';
import type { DatasourceRecord, Entity, Lifecycle } from '../record.ts';

/** The company's systems, and how to name an entity of each: ids look like those of the real systems. */

const salesforceOrg = 'evergreen-dev-ed';
const awsProduction = '111122223333';
const awsDevelopment = '444455556666';

const workdayTenant = 'https://wd5-impl-services1.workday.example/evergreen';

function system(
  integration: string,
  externalId: string,
  { providerId, ...given }: { name: string; lifecycle: Lifecycle | null; providerId?: string },
): DatasourceRecord {
  return {
    id: stableId('data source', integration, externalId),
    ...given,
    integration,
    provider_id: providerId ?? stableId('provider', integration, externalId),
    provider_external_id: externalId,
    extraction_datasource_id: stableId('extraction', integration, externalId),
  };
}

/** A system in which lifecycle management gives and takes access. */
function target(accountType: string, rest: Partial<Lifecycle> = {}): Lifecycle {
  return {
    enabled: true,
    actions: ['SYNC_IDENTITIES', 'MANAGE_RELATIONSHIPS', 'DEPROVISION_IDENTITY'],
    account_type: accountType,
    ...rest,
  };
}

export const systems = {
  activeDirectory: system('ACTIVE_DIRECTORY', 'evergreen.example', {
    name: 'Active Directory',
    lifecycle: target('ActiveDirectoryUser', {
      actions: ['SYNC_IDENTITIES', 'MANAGE_RELATIONSHIPS', 'DEPROVISION_IDENTITY', 'RESET_PASSWORD'],
    }),
  }),
  okta: system('OKTA', 'evergreen.okta.example', { name: 'Okta', lifecycle: target('OktaUser') }),
  awsProduction: system('AWS', awsProduction, {
    name: 'AWS production',
    lifecycle: target('AwsIamIdentityCenterUser'),
  }),
  // Switched off, although profiles grant roles in it.
  awsDevelopment: system('AWS', awsDevelopment, {
    name: 'AWS development',
    lifecycle: target('AwsIamIdentityCenterUser', { enabled: false }),
  }),
  // The provider of the documented filter `provider_ids co "3cedc292-…"`.
  salesforce: system('SALESFORCE', salesforceOrg, {
    name: 'Salesforce',
    lifecycle: target('SalesforceUser'),
    providerId: '3cedc292-4014-45e9-b7d9-8cb1695e1454',
  }),
  snowflake: system('SNOWFLAKE', 'evergreen.eu-central-1', {
    name: 'Snowflake',
    lifecycle: target('SnowflakeUser', { actions: ['SYNC_IDENTITIES', 'MANAGE_RELATIONSHIPS', 'CREATE_ENTITLEMENT'] }),
  }),
  google: system('GOOGLE', 'C03evergrn', { name: 'Google Workspace', lifecycle: target('GoogleWorkspaceUser') }),
  // Profiles grant groups and roles in it, and no call returns it.
  azure: system('AZURE', stableId('azure tenant'), { name: 'Azure AD', lifecycle: null }),
  // The source of identities. It cannot manage relationships, although profiles grant groups in it.
  workday: system('WORKDAY', workdayTenant, {
    name: 'Workday',
    lifecycle: {
      enabled: true,
      actions: ['SYNC_IDENTITIES', 'WRITE_BACK_EMAIL'],
      identity_type: 'WorkdayWorker',
      account_type: 'WorkdayAccount',
    },
  }),
} as const satisfies Record<string, DatasourceRecord>;

export const adGroup = (name: string) =>
  entity('ActiveDirectoryGroup', systems.activeDirectory, `CN=${name},OU=Groups,DC=evergreen,DC=example`, name);

export const oktaGroup = (name: string) => entity('OktaGroup', systems.okta, `00g${code(`okta ${name}`, 17)}`, name);

export const oktaApp = (name: string) => entity('OktaApp', systems.okta, `0oa${code(`okta app ${name}`, 17)}`, name);

export const awsRole = (name: string, account: 'production' | 'development' = 'production') => {
  const target = account === 'production' ? systems.awsProduction : systems.awsDevelopment;
  return entity('AwsIamRole', target, `arn:aws:iam::${target.provider_external_id}:role/${name}`, name);
};

export const permissionSet = (name: string) => salesforce('SalesforcePermissionSet', '0PS', name);
export const salesforceGroup = (name: string) => salesforce('SalesforceGroup', '00G', name);
export const salesforceRole = (name: string) => salesforce('SalesforceRole', '00E', name);

export const snowflakeRole = (name: string) =>
  entity('SnowflakeRole', systems.snowflake, `evergreen.eu-central-1/role/${name}`, name);

export const googleGroup = (name: string) => ({
  ...entity('GoogleWorkspaceGroup', systems.google, `groups/${code(`google ${name}`, 15).toLowerCase()}`, name),
  native_id: `${name.toLowerCase().replaceAll(' ', '-')}@evergreen.example`,
});

export const azureGroup = (name: string) => entity('AzureADGroup', systems.azure, stableId('azure group', name), name);
export const azureRole = (name: string) => entity('AzureADRole', systems.azure, stableId('azure role', name), name);

export const workdayGroup = (name: string) =>
  entity('WorkdaySecurityGroup', systems.workday, `security-group/${name.replaceAll(' ', '_')}`, name);

/** As in the documents' examples: the org, a colon, and an eighteen-digit id with its three-letter prefix. */
function salesforce(type: string, prefix: string, name: string): Entity {
  return entity(type, systems.salesforce, `${salesforceOrg}:${prefix}${code(`${type} ${name}`, 15)}`, name);
}

function entity(type: string, { id }: DatasourceRecord, entityId: string, name: string): Entity {
  return { entity_type: type, datasource_id: id, entity_id: entityId, entity_name: name, native_id: entityId };
}

/** Letters and digits that always follow from the same words. */
function code(words: string, length: number): string {
  const text = createHash('sha1').update(words).digest('base64').replaceAll(/[+/=]/g, '');
  return text.slice(0, length);
}
