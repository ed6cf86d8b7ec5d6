import {GearError} from '../../errors.ts';
import {parsePolicy} from '../../iam/parse-policy.ts';
import type {NotChecked} from '../../model/finding.ts';
import type {PolicyDocument, Statement} from '../../model/policy.ts';
import {type Resolvable, unresolved} from '../../model/resolvable.ts';
import type {Value} from './value.ts';

/**
 * Statement by statement, so that one that cannot be read does not hide its neighbours; it is noted instead.
 */
export function readPolicyDocument(
  document: Value,
  resource: string,
  note: (unread: NotChecked) => void,
): Resolvable<PolicyDocument> {
  const unread = (reason: string, at: Value) => note({rule: 'iam/*', resource, reason, origin: at.origin});
  if (document.unresolved !== undefined) {
    unread(`the policy ${document.unresolved.text} is not known: ${document.unresolved.reason}`, document);
    return document.unresolved;
  }
  if (!document.isMap) {
    unread(`${document.exists ? 'what stands here as a policy is no' : 'a policy is missing its'} document`, document);
    return unresolved('the policy', 'it is not a document');
  }
  const version = document.at('Version').text();
  const statements = document
    .at('Statement')
    .items()
    .flatMap((statement, index): readonly Statement[] => {
      if (statement.unresolved !== undefined) {
        unread(`the statement ${statement.unresolved.text} is not known: ${statement.unresolved.reason}`, statement);
        return [];
      }
      try {
        return parseStatement(statement, index, version === '2008-10-17' ? version : '2012-10-17');
      } catch (error) {
        if (!(error instanceof GearError)) throw error;
        unread(error.message.replace(/^.*malformed policy: /, 'a statement is malformed: '), statement);
        return [];
      }
    });
  return {version: typeof version === 'string' ? version : '2008-10-17', statements};
}

function parseStatement(statement: Value, index: number, version: string): readonly Statement[] {
  const originAt = (path: readonly (string | number)[]) =>
    // The document given to the parser is a wrapping of this one statement.
    path.slice(1).reduce<Value>((value, key) => value.at(key), statement).origin;
  const {statements} = parsePolicy({Version: version, Statement: statement.plain()}, originAt);
  return statements.map(parsed => ({...parsed, index}));
}
