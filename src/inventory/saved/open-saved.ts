import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {answerProblem} from '../../aws/answer-problem.ts';
import {type AwsClients, awsClients} from '../../aws/clients.ts';
import {watchCalls} from '../../aws/watch-calls.ts';
import {describeFileError, GearError, shownPath} from '../../errors.ts';
import type {AccountIdentity} from '../account/account-identity.ts';
import {folderOf} from './layout.ts';
import {readManifest} from './manifest.ts';
import {notSavedCode} from './not-saved.ts';
import {savedAnswers} from './saved-answers.ts';

export interface SavedAccounts {
  readonly accounts: readonly {readonly identity: AccountIdentity; readonly clients: AwsClients}[];
  /** Unknown of what the aws CLI wrote. */
  readonly readAt?: Date;
  readonly complete: boolean;
}

/** Reads what `gear audit --save` or the aws CLI wrote to a folder; its clients send nothing. */
export function openSaved(folder: string): SavedAccounts {
  if (!existsSync(folder)) throw new GearError(`There is no ${shownPath(folder)}`, {code: 'NO_SAVED'});
  try {
    const manifest = readManifest(folder);
    if (manifest === undefined) return {accounts: [dumped(folder)], complete: true};
    const accounts = manifest.accounts.map(identity => {
      const regional = savedAnswers(join(folder, folderOf(identity, 'Lambda')));
      const global = savedAnswers(join(folder, folderOf(identity, 'IAM')));
      return {
        identity,
        clients: answering(identity, folder, call => (call.service === 'IAM' ? global : regional)(call)),
      };
    });
    return {accounts, readAt: new Date(manifest.readAt), complete: manifest.complete};
  } catch (error) {
    throw describeFileError(error);
  }
}

type Answers = ReturnType<typeof savedAnswers>;

function dumped(folder: string) {
  const answers = savedAnswers(folder);
  const identity = identityOf(answers, folder);
  return {identity, clients: answering(identity, folder, answers)};
}

/** Readers trust what AWS answers; what stands in a file may be anything. */
function answering({region}: AccountIdentity, folder: string, answers: Answers): AwsClients {
  const clients = awsClients({region, credentials: {accessKeyId: 'none', secretAccessKey: 'none'}});
  return watchCalls(clients, async (call, _, schema) => {
    const answer = answers(call);
    const problem = answerProblem(schema, answer);
    if (problem !== undefined) throw unreadable(`${shownPath(folder)}: in the answer to ${call.operation} ${problem}`);
    return answer;
  });
}

/** The dumps do not say whose they are; the ARNs in them do. Roles have no region. */
function identityOf(answers: Answers, folder: string): AccountIdentity {
  const functions = arnsIn(answers, 'Lambda', 'ListFunctions', 'Functions', 'FunctionArn');
  const roles = arnsIn(answers, 'IAM', 'GetAccountAuthorizationDetails', 'RoleDetailList', 'Arn');
  const places = new Set(functions.map(arn => arn.split(':').slice(3, 5).join(' ')));
  const [place, ...others] = places;
  if (others.length > 0)
    throw new GearError(
      `${shownPath(folder)} has functions of several accounts or regions: ${[...places].join(', ')}`,
      {
        code: 'SAVED_UNREADABLE',
        suggestions: ['a folder of its own for each'],
      },
    );
  const [region, account] = place?.split(' ') ?? ['aws-global', roles[0]?.split(':')[4]];
  if (account === undefined || region === undefined)
    throw new GearError(`${shownPath(folder)} has neither functions nor roles to audit`, {
      code: 'NO_SAVED',
      suggestions: [
        'aws lambda list-functions > list-functions.json',
        'aws iam get-account-authorization-details > account-authorization-details.json',
      ],
    });
  return {account, region};
}

function arnsIn(answers: Answers, service: string, operation: string, list: string, member: string): string[] {
  try {
    const items = (answers({service, operation, input: {}}) as Record<string, unknown>)[list];
    const found = (Array.isArray(items) ? items : []).map(item => (item as Record<string, unknown> | null)?.[member]);
    return found.filter(arn => typeof arn === 'string');
  } catch (error) {
    if (error instanceof GearError && error.code === notSavedCode) return [];
    throw error;
  }
}

function unreadable(message: string): GearError {
  return new GearError(message, {code: 'SAVED_UNREADABLE'});
}
